// The outbox under single faults, told one by one; simulation.test.ts mixes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Gates, Item, Outcome } from "../src/sender/machine";
import { refusal } from "../src/sender/machine";
import { createOutbox } from "../src/sender/outbox";
import type { ReceiptRow, Store } from "../src/sender/store";
import type { Change, Entry } from "../src/types";
import { seeded } from "./random";

const url = "https://in.example/v1/submissions";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const settleAll = async (turns = 30) => {
  for (let at = 0; at < turns; at++) await turn();
};

/** A device: what outlives its pages. Faults are drawn for each operation. */
const makeDevice = (random: () => number) => {
  const items = new Map<string, Item>();
  const receipts = new Map<string, ReceiptRow>();
  const gates: Gates = {};
  const device = {
    items, receipts, faults: 0, refuseWrites: false,
    store(alive: () => boolean): Store {
      const act = async <T>(work: () => T, isWrite = false): Promise<T> => {
        await turn();
        if (!alive()) return new Promise<T>(() => {});
        if (isWrite && device.refuseWrites) throw new Error("QuotaExceededError");
        if (random() < device.faults) throw new Error("store");
        return work();
      };
      return {
        items: () => act(() => [...items.values()].map((item) => ({ ...item }))),
        add: (item) => act(() => {
          if (items.has(item.id)) return undefined;
          const why = refusal([...items.values()], item);
          if (!why) items.set(item.id, item);
          return why;
        }, true),
        change: (id, change) => act(() => {
          const item = items.get(id);
          const changed = item && change(item);
          if (changed) items.set(id, changed);
          return changed;
        }, true),
        finish: (id, row) => act(() => {
          if (items.delete(id) && row) receipts.set(id, row);
        }, true),
        gates: () => act(() => ({ ...gates })),
        setGate: (at, change) => act(() => {
          gates[at] = change(gates[at]);
        }, true),
        receipts: () => act(() => [...receipts.values()]),
        draft: () => act(() => undefined),
        saveDraft: () => act(() => undefined),
        dropDraft: () => act(() => undefined),
        erase: () => act(() => items.clear()),
        pause: () => {},
        resume: () => {},
      };
    },
  };
  return device;
};

/** An endpoint that stores by id, behind a network that loses requests and answers. */
const makeEndpoint = (random: () => number) => {
  const accepted = new Map<string, string>();
  const endpoint = {
    accepted, faults: 0, calls: 0, changed: 0,
    async receive(item: Item): Promise<Outcome> {
      endpoint.calls++;
      await turn();
      const draw = random();
      const fault = random() < endpoint.faults;
      if (fault && draw < 0.4) return draw < 0.2 ? {} : { status: 503, retry_after_ms: draw < 0.3 ? 10_000 : undefined };
      const before = accepted.get(item.id);
      if (before !== undefined && before !== item.body) endpoint.changed++;
      accepted.set(item.id, item.body);
      // Received, and the answer is cut or comes half.
      if (fault) return draw < 0.8 ? {} : { status: 200, body: '{"id":"' };
      return { status: before === undefined ? 201 : 200, body: JSON.stringify({ id: item.id, reference: "AE-" + item.id }) };
    },
  };
  return endpoint;
};

type World = { now: number; locks: Set<string> };

/** A page with its outbox; it can die at any time. */
const openPage = (device: ReturnType<typeof makeDevice>, endpoint: ReturnType<typeof makeEndpoint>, world: World, random: () => number) => {
  const changes: Change[] = [];
  const held = new Set<string>();
  let alive = true;
  let alarm: number | undefined;
  const outbox = createOutbox({
    store: device.store(() => alive),
    send: async (item) => {
      const outcome = await endpoint.receive(item);
      return alive ? outcome : new Promise(() => {});
    },
    locks: true,
    async lock(id, steal, work) {
      if (world.locks.has(id) && !steal) return false;
      world.locks.add(id);
      held.add(id);
      return work().finally(() => {
        world.locks.delete(id);
        held.delete(id);
      });
    },
    now: () => world.now,
    random,
    visible: () => true,
    alarm: (ms) => {
      alarm = ms === undefined ? undefined : world.now + ms;
    },
    limit: (work) => work,
    flag: async () => {},
    report: (change) => void changes.push(change),
  });
  return {
    outbox, changes,
    tick() {
      if (alive && alarm !== undefined && alarm <= world.now) {
        alarm = undefined;
        void outbox.drain();
      }
    },
    /** The page goes without a word; the browser gives its locks back. */
    die() {
      alive = false;
      for (const id of held) world.locks.delete(id);
    },
    last: (id: string) => changes.filter((change) => change.id == id).at(-1),
  };
};

const entry = (id: string, kind = "complaint"): Entry =>
  ({ id, kind, reference: "AE-" + id, endpoint: { url, receipt: "strict" }, body: `{"id":"${id}"}` });

const setUp = (seed = 1) => {
  const random = seeded(seed);
  const device = makeDevice(random);
  const endpoint = makeEndpoint(random);
  const world: World = { now: 1_000_000_000_000, locks: new Set() };
  return { random, device, endpoint, world, page: () => openPage(device, endpoint, world, random) };
};

/** Lets time pass. */
const run = async (world: World, pages: ReturnType<typeof openPage>[], ms: number, step = 5000) => {
  for (let passed = 0; passed < ms; passed += step) {
    world.now += step;
    pages.map((page) => page.tick());
    await settleAll(12);
  }
};

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
  assert.deepEqual([one.last("a")?.state, one.last("a")?.status, device.items.get("a")?.state], ["rejected", 422, "rejected"]);
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

test("what is in no store is never called saved, whatever becomes of the sending", async () => {
  for (const answer of [{}, { status: 503 }, { status: 404 }, { status: 422 }]) {
    const { device, endpoint, page } = setUp();
    device.faults = 1;
    endpoint.receive = async () => answer;
    const one = page();
    await one.outbox.submit(entry("a"));
    await settleAll();
    assert.deepEqual([...new Set(one.changes.map(({ state }) => state))], ["unsaved"], JSON.stringify(answer));
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

test("a deletion that the browser refuses is not called done", async () => {
  const { device, page } = setUp();
  const one = page();
  device.faults = 1;
  await assert.rejects(one.outbox.erase());
  await assert.rejects(one.outbox.remove("a"));
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
