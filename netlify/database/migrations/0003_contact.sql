-- What the contact form may cost: budgets, proofs of work, and messages that reach the owner in a summary.

-- A token bucket for each keyed hash of what is limited. Whoever has been quiet for a day has a full one again, so rows
-- of that age are deleted.
CREATE TABLE rate_bucket (
  k      bytea PRIMARY KEY,
  tokens double precision NOT NULL,
  at     timestamptz NOT NULL
);
CREATE INDEX rate_bucket_at ON rate_bucket (at);

-- Challenges whose solution was taken, so that none counts twice. Deleted once they have expired.
CREATE TABLE used_challenge (
  hash       bytea PRIMARY KEY,
  expires_at timestamptz NOT NULL
);

ALTER TABLE contact_message
  -- Keyed hash of the content and a key that the page made: the same form sent again, however much later, is one row.
  ADD COLUMN request_key bytea UNIQUE,
  -- How the owner learns of it: a mail of its own, the next summary, or the week's list of what looks like junk.
  ADD COLUMN route text NOT NULL DEFAULT 'notice' CHECK (route IN ('notice', 'summary', 'quarantine')),
  -- The outbox entry of the mail that tells of it, and when the relay took that mail.
  ADD COLUMN told_in uuid,
  ADD COLUMN told_at timestamptz,
  DROP CONSTRAINT contact_message_state_check,
  ADD CONSTRAINT contact_message_state_check CHECK (state IN ('new', 'read', 'answered', 'junk'));
CREATE INDEX contact_message_received ON contact_message (received_at);
CREATE INDEX contact_message_untold ON contact_message (route, received_at) WHERE told_at IS NULL;
CREATE INDEX contact_message_told_in ON contact_message (told_in) WHERE told_at IS NULL;
UPDATE contact_message SET told_in = outbox.id, told_at = outbox.finished_at FROM outbox
  WHERE outbox.contact_message_id = contact_message.id;
-- Of what was stored more than a week ago the outbox has nothing any more.
UPDATE contact_message SET told_at = received_at WHERE told_in IS NULL;

-- Summaries belong to no single row.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_kind_check,
  ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('contact', 'confirm', 'summary', 'quarantine')),
  DROP CONSTRAINT outbox_check,
  ADD CONSTRAINT outbox_check CHECK (
    num_nonnulls(contact_message_id, subscriber_id) = CASE WHEN kind IN ('contact', 'confirm') THEN 1 ELSE 0 END
  );
