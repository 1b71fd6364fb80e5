-- What a subscriber wishes to get, and the ends of a subscription that are not the subscriber's own doing.

ALTER TABLE subscriber
  -- Tags, as posts have them; none means all posts.
  ADD COLUMN topics text[] NOT NULL DEFAULT '{}',
  ADD COLUMN rhythm text NOT NULL DEFAULT 'each' CHECK (rhythm IN ('each', 'weekly', 'monthly', 'paused')),
  ADD COLUMN hard_bounces integer NOT NULL DEFAULT 0,
  DROP CONSTRAINT subscriber_status_check,
  -- Bounced: the mailbox does not exist any more, or its owner called our mail junk.
  ADD CONSTRAINT subscriber_status_check CHECK (status IN ('pending', 'confirmed', 'unsubscribed', 'bounced', 'erased'));

ALTER TABLE suppression
  DROP CONSTRAINT suppression_reason_check,
  ADD CONSTRAINT suppression_reason_check CHECK (reason IN ('erased', 'bounced', 'complained'));

ALTER TABLE consent_event
  DROP CONSTRAINT consent_event_what_check,
  ADD CONSTRAINT consent_event_what_check CHECK (
    what IN ('requested', 'confirmed', 'unsubscribed', 'bounced', 'complained', 'changed', 'imported', 'erased')
  );
