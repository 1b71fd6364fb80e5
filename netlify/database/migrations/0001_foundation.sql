-- Contact messages, the outbox, newsletter subscribers and the view counter.

CREATE TABLE contact_message (
  id          uuid PRIMARY KEY,
  -- Keyed hash of the content and its ten-minute bucket: the same message sent twice is one row.
  idem_key    bytea NOT NULL UNIQUE,
  received_at timestamptz NOT NULL DEFAULT now(),
  name        text NOT NULL,
  email       text NOT NULL,
  body        text NOT NULL,
  score       integer NOT NULL DEFAULT 0,
  flags       text[] NOT NULL DEFAULT '{}',
  state       text NOT NULL DEFAULT 'new' CHECK (state IN ('new'))
);

CREATE TABLE subscriber (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- As typed, and in lower case to find it again. Both are absent once erased.
  email        text,
  email_norm   text UNIQUE,
  status       text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'confirmed', 'unsubscribed', 'erased')),
  -- Grows with each unsubscription: a confirm link from before it is dead.
  consent_no   integer NOT NULL DEFAULT 1,
  requested_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at timestamptz,
  CHECK ((email IS NULL) = (email_norm IS NULL)),
  CHECK ((status = 'erased') = (email IS NULL))
);
CREATE INDEX subscriber_pending ON subscriber (requested_at) WHERE status = 'pending';

-- Append only: who agreed to which wording, when. `ip_hash` is keyed and goes on erasure.
CREATE TABLE consent_event (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscriber_id bigint NOT NULL REFERENCES subscriber ON DELETE CASCADE,
  consent_no    integer NOT NULL,
  what          text NOT NULL CHECK (what IN ('requested', 'confirmed', 'unsubscribed', 'erased')),
  text_version  text NOT NULL,
  at            timestamptz NOT NULL DEFAULT now(),
  ip_hash       bytea
);
CREATE INDEX consent_event_subscriber ON consent_event (subscriber_id);

-- What remains of an erased address: a keyed hash, so that no import brings it back.
CREATE TABLE suppression (
  email_hash bytea PRIMARY KEY,
  reason     text NOT NULL CHECK (reason IN ('erased')),
  at         timestamptz NOT NULL DEFAULT now()
);

-- Mail to be sent. Holds no address and no text: the mail is written from the row it refers to when it is sent.
CREATE TABLE outbox (
  id                 uuid PRIMARY KEY,
  kind               text NOT NULL CHECK (kind IN ('contact', 'confirm')),
  dedupe_key         text NOT NULL UNIQUE,
  contact_message_id uuid REFERENCES contact_message ON DELETE CASCADE,
  subscriber_id      bigint REFERENCES subscriber ON DELETE CASCADE,
  message_id         text NOT NULL UNIQUE,
  state              text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'leased', 'sent', 'skipped', 'failed')),
  -- Counts claims; the number of a claim fences off an older one that comes back late.
  attempts           integer NOT NULL DEFAULT 0,
  next_at            timestamptz NOT NULL DEFAULT now(),
  lease_until        timestamptz,
  last_code          text,
  created_at         timestamptz NOT NULL DEFAULT now(),
  finished_at        timestamptz,
  CHECK (num_nonnulls(contact_message_id, subscriber_id) = 1)
);
CREATE INDEX outbox_open ON outbox (next_at) WHERE state IN ('queued', 'leased');
CREATE INDEX outbox_contact_message ON outbox (contact_message_id);
CREATE INDEX outbox_subscriber ON outbox (subscriber_id);

-- Days are UTC. A visitor is 16 bytes of a hash keyed with the salt of the day, which goes when the day is rolled up.
CREATE TABLE day_salt (
  day  date PRIMARY KEY,
  salt bytea NOT NULL
);
CREATE TABLE view_seen (
  day     date NOT NULL,
  slug    text NOT NULL,
  visitor bytea NOT NULL CHECK (octet_length(visitor) = 16),
  PRIMARY KEY (day, slug, visitor)
);
CREATE TABLE view_total (
  slug  text PRIMARY KEY,
  views bigint NOT NULL
);
CREATE TABLE rolled_day (
  day date PRIMARY KEY
);
