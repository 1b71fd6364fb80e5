// Writes N synthetic trades as CSV, the same bytes for the same N and seed.
//
//   node generate.mjs 100000000 /tmp/trades/trades.csv
//
// Twenty trading days (5 to 30 October 2026, 13:30 to 20:00 UTC), 5,000 symbols
// with a Zipf share of the volume, 2,000,000 accounts drawn evenly, prices as
// whole cents that walk at random. Timestamps rise strictly, so they are unique.
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const rows = Number(process.argv[2] ?? 1_000_000);
const path = process.argv[3] ?? '/tmp/trades/trades.csv';
const DAYS = 20;
const SYMBOLS = 5_000;
const ACCOUNTS = 2_000_000;
const SESSION_US = 6.5 * 3600 * 1e6;
const OPEN_US = 13.5 * 3600 * 1e6;
const perDay = rows / DAYS;
const gap = Math.floor(SESSION_US / perDay);
if (!Number.isInteger(perDay) || gap < 1) {
  throw new Error('rows must be a multiple of 20, at most 468,000,000,000');
}

// xoshiro128** (Blackman and Vigna): 32 bits a call, integer arithmetic only.
let a = 0x9e3779b9, b = 0x243f6a88, c = 0xb7e15162, d = 0xdeadbeef;
function next() {
  const x = Math.imul(b, 5);
  const result = Math.imul((x << 7) | (x >>> 25), 9);
  const t = b << 9;
  c ^= a; d ^= b; b ^= c; a ^= d; c ^= t;
  d = (d << 11) | (d >>> 21);
  return result >>> 0;
}
/** A whole number from 0 to n - 1. */
const below = (n) => Math.floor((next() / 4294967296) * n);

// Symbol k (from 1) gets a share of the trades in proportion to 1 / k. The table
// has 65,536 slots; the rarest symbol still owns one.
const weights = Array.from({ length: SYMBOLS }, (_, k) => 1 / (k + 1));
const total = weights.reduce((sum, w) => sum + w, 0);
const slots = new Uint16Array(65_536);
let slot = 0, share = 0;
for (let k = 0; k < SYMBOLS; k++) {
  share += weights[k] / total;
  const end = k === SYMBOLS - 1 ? 65_536 : Math.max(slot + 1, Math.round(share * 65_536));
  while (slot < end && slot < 65_536) slots[slot++] = k;
}

// Four letters that do not follow the rank: 7919 is prime and does not divide 26^4.
const names = new Uint8Array(SYMBOLS * 4);
for (let k = 0; k < SYMBOLS; k++) {
  let n = (k * 7919 + 104_729) % 26 ** 4;
  for (let i = 3; i >= 0; i--) { names[k * 4 + i] = 65 + (n % 26); n = Math.floor(n / 26); }
}
const price = Int32Array.from({ length: SYMBOLS }, () => 500 + below(49_500));

mkdirSync(dirname(path), { recursive: true });
const out = openSync(path, 'w');
const hash = createHash('sha256');
const buffer = Buffer.allocUnsafe(4 << 20);
let at = 0, bytes = 0;
function flush() {
  const part = buffer.subarray(0, at);
  hash.update(part);
  for (let from = 0; from < at; ) from += writeSync(out, part, from, at - from);
  bytes += at;
  at = 0;
}
/** Writes n as decimal digits, filled up with zeros to the width. */
function digits(n, width = 1) {
  let size = width;
  for (let limit = 10 ** width; n >= limit; limit *= 10) size++;
  for (let i = at + size - 1; i >= at; i--) {
    const rest = Math.floor(n / 10);
    buffer[i] = 48 + (n - rest * 10);
    n = rest;
  }
  at += size;
}

at += buffer.write('trade_id,ts,account_id,price_cents,qty,is_buy,symbol\n', at);
let id = 0;
for (let day = 0; day < DAYS; day++) {
  const date = `2026-10-${String(5 + day + 2 * Math.floor(day / 5)).padStart(2, '0')} `;
  for (let i = 0; i < perDay; i++) {
    if (at > buffer.length - 128) flush();
    const us = OPEN_US + i * gap + below(gap);
    const seconds = Math.floor(us / 1e6);
    const r = next();
    const k = slots[r & 0xffff];
    const step = ((r >>> 16) & 7) - 3; // 4 counts as 0: the mean stays 0
    price[k] = Math.min(99_999, Math.max(100, price[k] + (step === 4 ? 0 : step)));
    const lot = (r >>> 20) & 3;
    digits(++id); buffer[at++] = 44;
    at += buffer.latin1Write(date, at);
    digits(Math.floor(seconds / 3600), 2); buffer[at++] = 58;
    digits(Math.floor(seconds / 60) % 60, 2); buffer[at++] = 58;
    digits(seconds % 60, 2); buffer[at++] = 46;
    digits(us - seconds * 1e6, 6); buffer[at++] = 44;
    digits(1 + below(ACCOUNTS)); buffer[at++] = 44;
    digits(price[k]); buffer[at++] = 44;
    digits(lot === 0 ? 1 + below(99) : 100 * (1 + below(lot * 4))); buffer[at++] = 44;
    buffer[at++] = 48 + ((r >>> 24) & 1); buffer[at++] = 44;
    for (let n = 0; n < 4; n++) buffer[at++] = names[k * 4 + n];
    buffer[at++] = 10;
  }
}
flush();
closeSync(out);
console.log(JSON.stringify({ rows, bytes, sha256: hash.digest('hex') }));
