// The outbox under single faults, told one by one; simulation.test.ts mixes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeItem } from "./items";
import { entry, makeEndpoint, run, settleAll, setUp } from "./pages";

test("stored before sent, then sent, then gone but for the receipt", async () => {
  const { device, endpoint, page } = setUp();
  const one = page();
  const change = await one.outbox.submit(entry("a"));
  assert.deepEqual([change.state, device.items.size, endpoint.calls], ["stored", 1, 0]);
  await settleAll();
  assert.deepEqual(one.changes.map(({ state }) => state), ["stored", "sending", "sent"]);
  assert.deepEqual([device.items.size, device.receipts.get("a")?.reference], [0, "AE-a"]);
});

test("without a store the words are called unsaved, and go all the same", async () => {
  const { device, endpoint, page } = setUp();
  device.faults = 1;
  const one = page();
  assert.equal((await one.outbox.submit(entry("a"))).state, "unsaved");
  await settleAll();
  assert.deepEqual([one.last("a")?.state, endpoint.accepted.size], ["sent", 1]);
});

test("what was received is not stored again when it is handed in once more", async () => {
  const { device, endpoint, page } = setUp();
  const one = page();
  await one.outbox.submit(entry("a"));
  await settleAll();
  assert.equal((await one.outbox.submit(entry("a"))).state, "sent");
  await settleAll();
  assert.deepEqual([device.items.size, endpoint.calls, device.receipts.size], [0, 1, 1]);
});

test("a receipt that the store would not take is written once it does", async () => {
  const { device, page, world } = setUp();
  const one = page();
  const submitted = one.outbox.submit(entry("a"));
  await submitted;
  device.refuseWrites = true;
  await settleAll();
  assert.deepEqual([one.last("a")?.state, device.items.size, device.receipts.size], ["sent", 1, 0]);
  device.refuseWrites = false;
  await run(world, [one], 30_000);
  assert.deepEqual([device.items.size, device.receipts.get("a")?.reference], [0, "AE-a"]);
});

test("a double click is one item", async () => {
  const { endpoint, page } = setUp();
  const one = page();
  await Promise.all([one.outbox.submit(entry("a")), one.outbox.submit(entry("a"))]);
  await settleAll();
  assert.deepEqual([endpoint.accepted.size, endpoint.calls], [1, 1]);
});

test("what the endpoint refuses is kept, and said", async () => {
  const { device, endpoint, page } = setUp();
  endpoint.receive = async () => ({ status: 422, body: '{"detail":"no"}' });
  const one = page();
  await one.outbox.submit(entry("a"));
  await settleAll();
  assert.deepEqual([one.last("a")?.state, device.items.get("a")?.last_status, device.items.get("a")?.state], ["rejected", 422, "rejected"]);
});

test("a misconfigured endpoint that is repaired gets everything within the hour", async () => {
  const { endpoint, page, world } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async () => ({ status: 404 });
  const one = page();
  await one.outbox.submit(entry("a"));
  await settleAll();
  assert.equal(one.last("a")?.state, "held");
  endpoint.receive = receive;
  await one.outbox.submit(entry("b"));
  await settleAll();
  assert.deepEqual([one.last("b")?.state, one.last("a")?.state], ["sent", "sent"]);
  void world;
});

test("Retry-After is kept: no request before it", async () => {
  const { endpoint, page, world } = setUp();
  const receive = endpoint.receive;
  let calls = 0;
  endpoint.receive = async () => (calls++, { status: 429, retry_after_ms: 10_000 });
  const one = page();
  await one.outbox.submit(entry("a"));
  await settleAll();
  world.now += 9_999;
  await one.outbox.hint();
  await settleAll();
  assert.equal(calls, 1);
  endpoint.receive = receive;
  world.now += 1;
  await one.outbox.drain();
  assert.equal(one.last("a")?.state, "sent");
});

test("a hint sends at once what only courtesy held back", async () => {
  const { endpoint, page } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async () => ({});
  const one = page();
  await one.outbox.submit(entry("a"));
  await settleAll();
  assert.equal(one.last("a")?.state, "stored");
  endpoint.receive = receive;
  await one.outbox.hint();
  assert.equal(one.last("a")?.state, "sent");
});

test("the next page view sends what a dead page left, even mid-request", async () => {
  for (let turns = 0; turns < 40; turns++) {
    const { device, endpoint, page } = setUp(turns);
    const first = page();
    const submitted = first.outbox.submit(entry("a"));
    await settleAll(turns);
    first.die();
    const wasStored = device.items.has("a") || endpoint.accepted.has("a");
    const second = page();
    await second.outbox.drain();
    await settleAll();
    if (wasStored) assert.deepEqual([endpoint.accepted.size, device.items.size], [1, 0], `died after ${turns} turns`);
    void submitted;
  }
});

test("ten pages at once send each item once", async () => {
  const { endpoint, page } = setUp();
  const pages = Array.from({ length: 10 }, page);
  await Promise.all(pages.map((one, at) => one.outbox.submit(entry("i" + at))));
  await Promise.all(pages.map((one) => one.outbox.drain()));
  await settleAll();
  assert.deepEqual([endpoint.accepted.size, endpoint.calls], [10, 10]);
});

test("a page that was put aside with the lock keeps nothing back for longer than a minute", async () => {
  const { endpoint, page, world } = setUp();
  const one = page();
  world.locks.add("a");
  await one.outbox.submit(entry("a"));
  await run(world, [one], 40_000);
  assert.deepEqual([one.last("a")?.state, endpoint.calls], ["stored", 0]);
  await run(world, [one], 20_000);
  assert.equal(one.last("a")?.state, "sent");
});

test("what is in no store is never called saved, whatever becomes of the sending; what was refused is called that", async () => {
  for (const [answer, ...said] of [[{}, "unsaved"], [{ status: 503 }, "unsaved"], [{ status: 404 }, "unsaved"], [{ status: 422 }, "unsaved", "rejected"]] as const) {
    const { device, endpoint, page } = setUp();
    device.faults = 1;
    endpoint.receive = async () => answer;
    const one = page();
    await one.outbox.submit(entry("a"));
    await settleAll();
    assert.deepEqual([...new Set(one.changes.map(({ state }) => state))], said, JSON.stringify(answer));
  }
});

test("a store that comes back takes what waits, and the screen says so", async () => {
  const { device, endpoint, page, world } = setUp();
  device.faults = 1;
  endpoint.receive = async () => ({});
  const one = page();
  await one.outbox.submit(entry("a"));
  await settleAll();
  device.faults = 0;
  await run(world, [one], 30_000);
  assert.equal(device.items.get("a")?.body, entry("a").body);
  assert.equal(one.changes.some(({ state }) => state == "stored"), true);
});

test("a store that takes no writes holds nothing back", async () => {
  const { device, endpoint, page } = setUp();
  const first = page();
  endpoint.receive = async () => ({});
  await first.outbox.submit(entry("a"));
  await settleAll();
  first.die();
  const { receive } = makeEndpoint(() => 1);
  endpoint.receive = receive;
  device.refuseWrites = true;
  const second = page();
  await second.outbox.hint();
  await settleAll();
  assert.equal(second.last("a")?.state, "sent");
  const calls = endpoint.calls;
  await second.outbox.sendNow();
  await settleAll();
  assert.equal(endpoint.calls, calls, "a received item is never sent again by this page");
});

test("a store that cannot be read is no empty one: it is asked again, by the next page too", async () => {
  const { device, endpoint, page, world } = setUp();
  const { receive } = endpoint;
  endpoint.receive = async () => ({});
  const first = page();
  await first.outbox.submit(entry("a"));
  await settleAll();
  first.die();
  endpoint.receive = receive;
  device.refuseReads = true;
  const second = page();
  await second.outbox.hint();
  await settleAll();
  assert.deepEqual([second.waits(), endpoint.accepted.size], [true, 0]);
  device.refuseReads = false;
  await run(world, [second], 30_000);
  assert.deepEqual([second.waits(), endpoint.accepted.size], [false, 1]);
});

test("a cleared browser loses nothing that an open page handed in", async () => {
  const { device, endpoint, page } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async () => ({});
  const one = page();
  await one.outbox.submit(entry("a"));
  await settleAll();
  device.items.clear();
  one.outbox.lost();
  await settleAll();
  assert.deepEqual([one.changes.some(({ state }) => state == "unsaved"), device.items.has("a")], [true, true]);
  endpoint.receive = receive;
  await one.outbox.hint();
  assert.equal(one.last("a")?.state, "sent");
});

test("one item that the endpoint chokes on starves nobody", async () => {
  const { endpoint, page, world } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async (item) => (item.id == "poison" ? { status: 500 } : receive(item));
  const one = page();
  await one.outbox.submit(entry("poison"));
  await run(world, [one], 120_000);
  await one.outbox.submit(entry("good"));
  await run(world, [one], 300_000);
  assert.deepEqual([one.last("good")?.state, one.last("poison")?.state], ["sent", "stored"]);
});

test("another page's success is this page's as well", async () => {
  const { device, endpoint, page } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async () => ({});
  const [one, two] = [page(), page()];
  await one.outbox.submit(entry("a"));
  await settleAll();
  endpoint.receive = receive;
  await two.outbox.hint();
  await settleAll();
  one.outbox.heard({ id: "a", kind: "complaint", state: "sent" });
  await settleAll();
  assert.deepEqual([endpoint.calls, device.items.size, await one.outbox.list()], [1, 0, []]);
});

test("what is of another version is left alone, and those who know it are told", async () => {
  const { device, endpoint, page } = setUp();
  device.items.set("later", makeItem({ id: "later", v: 2 }));
  const one = page();
  await one.outbox.submit(entry("now"));
  await settleAll(60);
  assert.deepEqual([[...endpoint.accepted.keys()], [...device.items.keys()], device.others > 0], [["now"], ["later"], true]);
});
