-- Moments at which a post goes live, and whether the host has been told to build the site again.
CREATE TABLE rebuild (
  due_at      timestamptz PRIMARY KEY,
  attempts    integer NOT NULL DEFAULT 1,
  lease_until timestamptz NOT NULL,
  called_at   timestamptz
);
