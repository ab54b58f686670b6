// Every decision about delivery.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gateAfter, hint, judge, lease, next, readReceipt, settle, trust, type Gate, type Item, type Verdict } from "../src/sender/machine";
import { readRetryAfter, request } from "../src/sender/network";
import { makeItem, url } from "./items";

const now = 1_000_000_000_000;
const minute = 60_000;
const day = 24 * 60 * minute;
const none: ReadonlySet<string> = new Set();
const stored: Verdict = "stored";

const checkStatus = (statuses: readonly (number | undefined)[], expected: string) => {
  for (const status of statuses) assert.equal(judge(makeItem({}), { status }), expected, String(status));
};

test("each status means one thing", () => {
  checkStatus([200, 201, 202, 204], "sent");
  checkStatus([undefined, 0, 408, 409, 425, 429, 500, 502, 503, 504, 520], "stored");
  checkStatus([301, 302, 307, 401, 403, 404, 405, 410, 501, 505], "held");
  checkStatus([400, 402, 406, 413, 415, 422, 451], "rejected");
});

test("a strict receipt echoes the id", () => {
  const item = makeItem({ id: "x", endpoint: { url, receipt: "strict" } });
  const check = (body: string | undefined, expected: string) => assert.equal(judge(item, { status: 200, body }), expected, body);
  check('{"id":"x"}', "sent");
  for (const body of [undefined, "", '{"id":"y"}', "{}", '{"id":"x"', "<html>Sign in</html>", "null", "7", "[]"]) check(body, "stored");
  check('{"id":"x","pad":"' + "a".repeat(20_000) + '"}', "stored");
});

test("a receipt is an object, or none", () => {
  const check = (body: string | undefined, expected: unknown) => assert.deepEqual(readReceipt(body), expected);
  check('{ "reference": "AE-1" }', { reference: "AE-1" });
  check("OK", undefined);
  check('"text"', undefined);
  check(undefined, undefined);
});

test("waits double up to a minute in sight and a quarter of an hour out of sight", () => {
  let gate: Gate | undefined;
  const waits = [];
  for (let at = 0; at < 8; at++) {
    gate = gateAfter(gate, stored, {}, now, 1, true);
    waits.push(gate!.until_ms - now);
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 8000, 16_000, 32_000, minute, minute]);
  assert.equal(gateAfter({ ...gate!, fails: 30 }, stored, {}, now, 1, false)!.until_ms - now, 15 * minute);
  assert.equal(gateAfter(undefined, stored, {}, now, 0, true)!.until_ms - now, 500);
});

test("Retry-After is a floor, up to a day", () => {
  const after = (retry_after_ms: number) => gateAfter(undefined, stored, { status: 429, retry_after_ms }, now, 1, true)!;
  assert.equal(after(10_000).until_ms - now, 10_000);
  assert.equal(after(9 * day).until_ms - now, day);
  assert.equal(hint(after(10_000))!.until_ms - now, 10_000);
});

test("a hint ends our own wait only", () => {
  assert.equal(hint(gateAfter(undefined, stored, {}, now, 1, true))!.until_ms, now);
});

test("success opens the gate, refusal leaves it", () => {
  const gate = gateAfter(undefined, stored, {}, now, 1, true);
  assert.equal(gateAfter(gate, "sent", {}, now, 1, true), undefined);
  assert.equal(gateAfter(gate, "rejected", {}, now, 1, true), gate);
  assert.equal(gateAfter(gate, "held", {}, now, 1, true), gate);
});

test("a clock that jumped opens the gate", () => {
  const gate = gateAfter(undefined, stored, {}, now, 1, true)!;
  assert.equal(trust(gate, now), gate);
  assert.equal(trust(gate, now - 365 * day), undefined);
  assert.equal(trust({ ...gate, until_ms: now + 2 * day }, now), undefined);
});

test("the oldest that is due goes first, past one that waits", () => {
  const items = [
    makeItem({ id: "c", created_ms: 3 }), makeItem({ id: "a", created_ms: 1, not_before_ms: now + 5 }), makeItem({ id: "b", created_ms: 2 }),
  ];
  assert.equal(next(items, {}, now, true, none).item?.id, "b");
  assert.equal(next(items, {}, now, true, new Set(["b"])).item?.id, "c");
  assert.equal(next(items, {}, now + 5, true, none).item?.id, "a");
});

test("one endpoint's gate holds all of its items and no other's", () => {
  const other = makeItem({ id: "b", created_ms: 2, endpoint: { url: "https://other.example/" } });
  const gates = { [url]: gateAfter(undefined, stored, {}, now, 1, true) };
  assert.equal(next([makeItem({}), other], gates, now, true, none).item?.id, "b");
  assert.equal(next([makeItem({})], gates, now, true, none).wake_ms, now + 1000);
  assert.deepEqual(next([], gates, now, true, none), { wake_ms: Infinity });
});

test("what was rejected or expired is never sent", () => {
  for (const item of [makeItem({ state: "rejected" }), makeItem({ state: "expired" })]) {
    assert.deepEqual(next([item], {}, now, true, none), { wake_ms: Infinity });
  }
});

test("without locks a lease is respected until it ends; with locks the lock decides", () => {
  const item = lease(makeItem({}), "me", now);
  assert.equal(next([item], {}, now, false, none).wake_ms, now + 20_000);
  assert.equal(next([item], {}, now + 20_000, false, none).item?.id, "a");
  assert.equal(next([item], {}, now, true, none).item?.id, "a");
  assert.equal(next([item], {}, now - 365 * day, false, none).item?.id, "a");
});

test("a held item is left for an hour and then tried again", () => {
  const item = settle(makeItem({ created_ms: now }), "held", { status: 404 }, now);
  assert.deepEqual([item.state, item.last_status], ["held", 404]);
  assert.equal(next([item], {}, now, true, none).wake_ms, now + 60 * minute);
  assert.equal(next([item], {}, now + 60 * minute, true, none).item?.id, "a");
});

test("age expires a week after the words, for complaints thirty days, and only after another day of tries", () => {
  const check = (kind: string, days: number, lateFor: number, verdict: Verdict, expected: string) => {
    const item = makeItem({ kind, created_ms: now - days * day, late_ms: lateFor ? now - lateFor * day : 0 });
    assert.equal(settle(item, verdict, {}, now).state, expected, `${kind} ${days} ${lateFor}`);
  };
  check("feedback", 7, 3, stored, "stored");
  check("feedback", 8, 0, stored, "stored");
  check("feedback", 9, 1, stored, "expired");
  check("rating", 9, 1, "held", "expired");
  check("complaint", 9, 1, stored, "stored");
  check("complaint", 32, 1, stored, "expired");
  check("complaint", 32, 1, "rejected", "rejected");
  assert.equal(next([makeItem({ created_ms: now - 365 * day })], {}, now, true, none).item?.id, "a");
});

test("a clock that jumps a year expires nothing", () => {
  const jumped = settle(makeItem({ created_ms: now }), stored, {}, now + 365 * day);
  assert.equal(jumped.state, "stored");
  const back = settle(jumped, stored, {}, now + minute);
  assert.deepEqual([back.state, back.late_ms], ["stored", 0]);
});

test("a success opens the gate, unless another page was turned away since", () => {
  const sent: Verdict = "sent";
  const gate = gateAfter(undefined, "stored", { status: 429, retry_after_ms: 30_000 }, 5_000, 1, true);
  assert.equal(gateAfter(gate, sent, { status: 201 }, 5_001, 1, true), undefined);
  assert.equal(gateAfter(gate, sent, { status: 201 }, 4_999, 1, true), gate);
});

test("an item that its endpoint chokes on lets those behind it pass, also when the clock was set back", () => {
  const first = (old: Partial<Item>, young: Partial<Item>) =>
    next([makeItem({ id: "old", created_ms: 1, ...old }), makeItem({ id: "new", created_ms: 2, ...young })], {}, 100, true, none).item?.id;
  assert.equal(first({}, {}), "old");
  assert.equal(first({ last_try_ms: 9 }, {}), "new");
  assert.equal(first({ last_try_ms: 9 }, { last_try_ms: 10 }), "old");
  assert.equal(first({ last_try_ms: 10 }, { last_try_ms: 9 }), "new");
  assert.equal(first({ last_try_ms: 9 }, { last_try_ms: 5000 }), "new");
});

test("what another page was asked for is kept", () => {
  const gate = gateAfter(undefined, stored, { status: 429, retry_after_ms: 60_000 }, now, 1, true);
  assert.equal(gateAfter(gate, stored, { status: 503, retry_after_ms: 5000 }, now, 1, true)!.floor_ms, now + 60_000);
});

test("Retry-After is read in both forms, dates against the answer's clock", () => {
  const read = (value: string, date?: string) => readRetryAfter(new Headers({ "retry-after": value, ...(date && { date }) }), now);
  assert.equal(read("10"), 10_000);
  assert.equal(read("Sat, 21 Nov 2026 10:01:00 GMT", "Sat, 21 Nov 2026 10:00:00 GMT"), minute);
  assert.equal(read("Sat, 21 Nov 2020 10:01:00 GMT", "Sat, 21 Nov 2026 10:00:00 GMT"), undefined);
  assert.equal(read("soon"), undefined);
  assert.equal(readRetryAfter(new Headers(), now), undefined);
});

test("the request is proof against additions to prototypes", () => {
  const { signal } = new AbortController();
  const json = request(makeItem({ id: "x", body: '{"a":1}', endpoint: { url, headers: { "X-Site": "1" } } }), signal, true);
  assert.equal(Object.getPrototypeOf(json), null);
  assert.equal(Object.getPrototypeOf(json.headers), null);
  assert.deepEqual({ ...json.headers }, { "content-type": "application/json", "idempotency-key": "x", "X-Site": "1" });
  assert.deepEqual([json.method, json.credentials, json.redirect, json.keepalive, json.body], ["POST", "omit", "manual", true, '{"a":1}']);
  const text = request(makeItem({ endpoint: { url, format: "text", method: "PUT" } }), signal, false);
  assert.deepEqual({ ...text.headers }, { "content-type": "text/plain;charset=UTF-8" });
  assert.deepEqual([text.method, text.keepalive], ["PUT", false]);
});
