-- Sending the newsletter: what is known of this copy of the data, the issues, and one row for each mail.

-- One row: which deployment may send, and how the newsletter is doing.
CREATE TABLE site_state (
  id                 boolean PRIMARY KEY DEFAULT true CHECK (id),
  -- Value of SEND_EPOCH of the deployment that sends. Another one has a copy of the data and must not.
  send_epoch         text NOT NULL,
  -- The posts that were there when the newsletter began: they are never mailed.
  baseline_at        timestamptz,
  -- The last sweep that was allowed to send. A gap in it means that the data is older than the world.
  alive_at           timestamptz NOT NULL DEFAULT now(),
  paused_at          timestamptz,
  paused_why         text CHECK (paused_why IN ('owner', 'asleep')),
  -- The relay does not answer, or refuses everything: nobody tries before this moment.
  relay_failures     integer NOT NULL DEFAULT 0,
  relay_rest_until   timestamptz,
  -- Somebody is sending. Only spares the relay connections: what keeps mails single are the rows of delivery.
  sender_lease_until timestamptz,
  CHECK ((paused_at IS NULL) = (paused_why IS NULL))
);

-- A post, or the posts of a week or month together. Made once for each key, whatever happens to the post's address.
CREATE TABLE issue (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Identity of the post (its oldest address), or the period: weekly:2026-W48, monthly:2026-11.
  key           text NOT NULL UNIQUE,
  kind          text NOT NULL CHECK (kind IN ('post', 'weekly', 'monthly')),
  state         text NOT NULL CHECK (state IN ('seen', 'held', 'armed', 'sending', 'done', 'skipped')),
  why           text CHECK (why IN ('baseline', 'many', 'old', 'owner', 'asleep')),
  title         text NOT NULL,
  -- Of a post: its present address, and the file of its mail on the site, whose name has the hash of its content.
  url           text,
  mail_path     text,
  -- What is mailed, frozen when the issue is armed: the mail of the post, or the list of a digest.
  mail          jsonb,
  published_at  timestamptz,
  seen_at       timestamptz NOT NULL DEFAULT now(),
  -- Approved by its age in the site or by the owner; from then on it is only a matter of fetching its mail.
  approved_at   timestamptz,
  armed_at      timestamptz,
  -- A digest has what was armed before this moment.
  covers_until  timestamptz,
  -- How many deliveries were made, once and for all.
  prepared      integer,
  done_at       timestamptz,
  -- Counts by state, once the deliveries themselves are deleted.
  books         jsonb,
  CHECK ((state IN ('sending', 'done')) = (armed_at IS NOT NULL)),
  CHECK ((armed_at IS NULL) = (prepared IS NULL)),
  CHECK ((armed_at IS NULL) OR (mail IS NOT NULL)),
  CHECK ((state IN ('held', 'skipped')) = (why IS NOT NULL))
);
CREATE INDEX issue_open ON issue (state) WHERE state NOT IN ('done', 'skipped');

-- One mail to one subscriber. Holds no address: that is read when the mail is written, and consent when its last dot is sent.
CREATE TABLE delivery (
  issue_id      bigint NOT NULL REFERENCES issue,
  subscriber_id bigint NOT NULL REFERENCES subscriber,
  state         text NOT NULL DEFAULT 'queued'
                CHECK (state IN ('queued', 'leased', 'inflight', 'sent', 'failed', 'skipped', 'unknown')),
  -- Counts claims; the number of a claim fences off an older one that comes back late.
  attempts      integer NOT NULL DEFAULT 0,
  -- Counts refusals for now, for the length of the next pause.
  refusals      integer NOT NULL DEFAULT 0,
  next_at       timestamptz NOT NULL DEFAULT now(),
  lease_until   timestamptz,
  -- From this moment on the relay may have the mail without our knowing.
  unsure_since  timestamptz,
  -- Trying is given up so long after this moment.
  trying_since  timestamptz NOT NULL DEFAULT now(),
  message_id    text NOT NULL UNIQUE,
  last_code     text,
  settled_at    timestamptz,
  PRIMARY KEY (issue_id, subscriber_id),
  CHECK ((state IN ('leased', 'inflight')) = (lease_until IS NOT NULL)),
  CHECK (state NOT IN ('inflight', 'unknown') OR unsure_since IS NOT NULL),
  CHECK ((state IN ('sent', 'failed', 'skipped')) = (settled_at IS NOT NULL))
);
CREATE INDEX delivery_open ON delivery (next_at) WHERE state IN ('queued', 'leased', 'inflight', 'unknown');
CREATE INDEX delivery_subscriber ON delivery (subscriber_id);

-- A mail that tells the owner how the newsletter is doing belongs to no single row.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_kind_check,
  ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('contact', 'confirm', 'summary', 'quarantine', 'newsletter'));
