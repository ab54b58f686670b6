// The customer's own view of what waits on the device.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, setUp, settleAll } from "./pages";

test("the customer sees what waits, with the words, and may send it, delete one, or delete all", async () => {
  const { device, endpoint, page } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async () => ({ status: 404 });
  const one = page();
  for (const id of ["a", "b", "c"]) await one.outbox.submit(entry(id));
  await settleAll(60);
  const list = await one.outbox.list();
  assert.deepEqual(list.map(({ id, state, last_status }) => [id, state, last_status]), [["a", "held", 404], ["b", "held", 404], ["c", "held", 404]]);
  assert.deepEqual([list[0]!.body, list[0]!.reference], [entry("a").body, "AE-a"]);
  await one.outbox.remove("b");
  assert.deepEqual([...device.items.keys()], ["a", "c"]);
  endpoint.receive = receive;
  await one.outbox.sendNow();
  await settleAll(60);
  assert.deepEqual([[...endpoint.accepted.keys()], device.items.size], [["a", "c"], 0]);
  endpoint.receive = async () => ({});
  await one.outbox.submit(entry("d"));
  await settleAll();
  await one.outbox.erase();
  endpoint.receive = receive;
  await one.outbox.sendNow();
  await settleAll();
  assert.deepEqual([device.items.size, endpoint.accepted.has("d"), await one.outbox.list()], [0, false, []]);
});

test("what was refused stays with its customer, and goes once more when the customer says so", async () => {
  const { device, endpoint, page } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async () => ({ status: 422 });
  const one = page();
  for (const id of ["a", "b"]) await one.outbox.submit(entry(id));
  await settleAll(60);
  assert.deepEqual((await one.outbox.list()).map(({ id, state }) => [id, state]), [["a", "rejected"], ["b", "rejected"]]);
  endpoint.receive = receive;
  await one.outbox.sendNow();
  await settleAll(60);
  assert.deepEqual([...endpoint.accepted.keys()], [], "nobody asked for one of them");
  await one.outbox.sendNow("b");
  await settleAll(60);
  assert.deepEqual([[...endpoint.accepted.keys()], [...device.items.keys()], one.last("b")?.state], [["b"], ["a"], "sent"]);
  await one.outbox.sendNow("nobody");
  await settleAll();
  assert.equal(endpoint.accepted.size, 1);
});

test("what is past its age is tried for another day when its customer says so", async () => {
  const { device, endpoint, page, world } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async () => ({});
  const one = page();
  await one.outbox.submit(entry("a"));
  await settleAll();
  device.items.set("a", { ...device.items.get("a")!, state: "expired", late_ms: 1 });
  world.now += 40 * 86_400_000;
  await one.outbox.sendNow("a");
  await settleAll();
  assert.deepEqual([device.items.get("a")!.state, device.items.get("a")!.late_ms], ["stored", world.now]);
  endpoint.receive = receive;
  await one.outbox.sendNow("a");
  await settleAll();
  assert.equal(one.last("a")?.state, "sent");
});

test("what is on its way when everything is deleted does not come back by a store that refuses", async () => {
  const { device, endpoint, page } = setUp();
  const receive = endpoint.receive;
  endpoint.receive = async () => ({});
  const first = page();
  await first.outbox.submit(entry("a"));
  await settleAll();
  first.die();
  let fail = () => {};
  endpoint.receive = () => new Promise((resolve) => (fail = () => resolve({})));
  const second = page();
  void second.outbox.hint();
  await settleAll();
  assert.equal(second.last("a")?.state, "sending");
  await second.outbox.erase();
  device.refuseWrites = true;
  fail();
  await settleAll();
  endpoint.receive = receive;
  await second.outbox.sendNow();
  await settleAll();
  assert.deepEqual([endpoint.accepted.size, await second.outbox.list()], [0, []]);
});

test("what one page deletes, the page that handed it in does not send from memory", async () => {
  for (const remove of [true, false]) {
    const { device, endpoint, page } = setUp();
    const receive = endpoint.receive;
    endpoint.receive = async () => ({});
    const [one, two] = [page(), page()];
    await one.outbox.submit(entry("a"));
    await settleAll();
    await (remove ? two.outbox.remove("a") : two.outbox.erase());
    for (const change of two.changes) one.outbox.heard(change);
    await settleAll();
    endpoint.receive = receive;
    device.faults = 1;
    await one.outbox.sendNow();
    await settleAll();
    assert.deepEqual([endpoint.accepted.size, await one.outbox.list()], [0, []]);
  }
});

test("a deletion that the browser refuses is not called done", async () => {
  const { device, page } = setUp();
  const one = page();
  device.faults = 1;
  await assert.rejects(one.outbox.erase());
  await assert.rejects(one.outbox.remove("a"));
});
