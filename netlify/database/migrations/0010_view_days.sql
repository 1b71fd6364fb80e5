-- Views per post and day that outlive the roll-up, and how many visitors came from one network on a day.

CREATE TABLE view_day (
  day   date NOT NULL,
  slug  text NOT NULL,
  views bigint NOT NULL,
  PRIMARY KEY (day, slug)
);

-- A network (IPv4 address or IPv6 /64) is 16 bytes of a hash keyed with the salt of the day, and goes with the day's roll-up.
CREATE TABLE view_source (
  day      date NOT NULL,
  source   bytea NOT NULL CHECK (octet_length(source) = 16),
  visitors bigint NOT NULL,
  PRIMARY KEY (day, source)
);

-- By visitor first: whether a visitor was here today, whatever was read, is one look into the index.
ALTER TABLE view_seen DROP CONSTRAINT view_seen_pkey, ADD PRIMARY KEY (day, visitor, slug);
