// The questions. Every statement runs on both engines as it stands, unless it has
// an entry per engine. All results are whole numbers, so the answers compare exactly.

export const questions = {
  // 1. Full scan: every row, three columns.
  scan: `
    SELECT count(*) AS trades, sum(qty) AS shares,
           sum(CAST(price_cents AS bigint) * qty) AS notional_cents,
           min(price_cents) AS low, max(price_cents) AS high
    FROM trades`,

  // 2. All symbols, fifteen minutes of one afternoon.
  quarterHour: `
    SELECT count(*) AS trades, sum(CAST(price_cents AS bigint) * qty) AS notional_cents
    FROM trades
    WHERE ts >= TIMESTAMP '2026-10-21 17:00:00' AND ts < TIMESTAMP '2026-10-21 17:15:00'`,

  // 3. One symbol, one day.
  symbolDay: `
    SELECT count(*) AS trades, sum(qty) AS shares,
           sum(CAST(price_cents AS bigint) * qty) AS notional_cents
    FROM trades
    WHERE symbol = 'CAYI'
      AND ts >= TIMESTAMP '2026-10-21 00:00:00' AND ts < TIMESTAMP '2026-10-22 00:00:00'`,

  // 4. Two million groups: the ten accounts that moved the most money.
  accounts: `
    SELECT account_id, count(*) AS trades,
           sum(CAST(price_cents AS bigint) * qty) AS notional_cents
    FROM trades
    GROUP BY account_id
    ORDER BY notional_cents DESC, account_id
    LIMIT 10`,

  // 5. Running VWAP of one day: how many trades printed above it?
  // price > notional / shares, without the division.
  vwap: `
    SELECT count(*) AS trades,
           count(*) FILTER (WHERE price_cents * shares > notional) AS above
    FROM (
      SELECT price_cents,
             sum(qty) OVER w AS shares,
             sum(CAST(price_cents AS bigint) * qty) OVER w AS notional
      FROM trades
      WHERE ts >= TIMESTAMP '2026-10-21 00:00:00' AND ts < TIMESTAMP '2026-10-22 00:00:00'
      WINDOW w AS (PARTITION BY symbol ORDER BY ts
                   ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    ) AS running`,

  // 5b. The same running sums without partitions: one prefix sum over everything,
  // less the prefix at which the symbol begins.
  vwapRewrite: `
    SELECT count(*) AS trades,
           count(*) FILTER (WHERE price_cents * shares > notional) AS above
    FROM (
      SELECT price_cents,
             s - min(s - qty) OVER p AS shares,
             n - min(n - cents) OVER p AS notional
      FROM (
        SELECT symbol, price_cents, qty, cents,
               sum(qty) OVER w AS s, sum(cents) OVER w AS n
        FROM (
          SELECT symbol, ts, price_cents, qty, CAST(price_cents AS bigint) * qty AS cents
          FROM trades
          WHERE ts >= TIMESTAMP '2026-10-21 00:00:00'
            AND ts < TIMESTAMP '2026-10-22 00:00:00'
        ) AS day
        WINDOW w AS (ORDER BY symbol, ts
                     ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
      ) AS prefix
      WINDOW p AS (PARTITION BY symbol)
    ) AS running`,

  // 6. The last price of each symbol, as most people write it.
  last: `
    SELECT count(*) AS symbols, sum(price_cents) AS cents
    FROM (
      SELECT price_cents,
             row_number() OVER (PARTITION BY symbol ORDER BY ts DESC) AS nth
      FROM trades
    ) AS ranked
    WHERE nth = 1`,

  // 6b. The same answer as each engine's manual would have it.
  lastIdiom: {
    duckdb: `
    SELECT count(*) AS symbols, sum(price_cents) AS cents
    FROM (SELECT arg_max(price_cents, ts) AS price_cents FROM trades GROUP BY symbol)`,
    postgres: `
    WITH RECURSIVE latest AS (
      (SELECT symbol, price_cents FROM trades ORDER BY symbol, ts DESC LIMIT 1)
      UNION ALL
      SELECT n.symbol, n.price_cents
      FROM latest AS l
      CROSS JOIN LATERAL (
        SELECT t.symbol, t.price_cents FROM trades AS t
        WHERE t.symbol > l.symbol ORDER BY t.symbol, t.ts DESC LIMIT 1
      ) AS n
    )
    SELECT count(*) AS symbols, sum(price_cents) AS cents FROM latest`,
  },

  // 7. One trade by its number.
  point: `SELECT account_id, price_cents, qty, symbol FROM trades WHERE trade_id = $1`,

  // 8. All trades of one account: about fifty rows, spread over twenty days.
  account: `
    SELECT count(*) AS trades, sum(CAST(price_cents AS bigint) * qty) AS notional_cents
    FROM trades WHERE account_id = $1`,

  // 9. One new trade, one transaction.
  insert: `
    INSERT INTO trades (trade_id, ts, account_id, price_cents, qty, is_buy, symbol)
    VALUES ($1, TIMESTAMP '2026-11-02 14:30:00', $2, 10000, 100, true, 'CAYI')`,
};

/** The table, column for column the same; both engines know all of these types. */
export const table = `
  CREATE TABLE trades (
    trade_id    bigint    NOT NULL,
    ts          timestamp NOT NULL,
    account_id  integer   NOT NULL,
    price_cents integer   NOT NULL,
    qty         integer   NOT NULL,
    is_buy      boolean   NOT NULL,
    symbol      text      NOT NULL
  )`;
