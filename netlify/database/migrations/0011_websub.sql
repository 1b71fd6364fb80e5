-- Feeds, by their addresses, and what of each the WebSub hub was told: absent in a site without one.
CREATE TABLE feed_announcement (
  feed         text PRIMARY KEY,
  -- Hash of the content that was announced, or is to be.
  content_hash text NOT NULL,
  attempts     integer NOT NULL DEFAULT 1,
  lease_until  timestamptz NOT NULL,
  announced_at timestamptz
);
