// A small world for the outbox: a device, an endpoint behind a network, and pages that can die.
import { erase } from "../src/sender/desk";
import type { Gates, Item, Outcome } from "../src/sender/machine";
import { isTooMuch } from "../src/sender/machine";
import { createOutbox } from "../src/sender/outbox";
import { inHands } from "../src/sender/shelf";
import type { ReceiptRow, Store } from "../src/sender/store";
import type { Change, Entry } from "../src/types";
import { seeded } from "./random";

export const url = "https://in.example/v1/submissions";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
export const settleAll = async (turns = 30) => {
  for (let at = 0; at < turns; at++) await turn();
};

/** A device: what outlives its pages. Faults are drawn for each operation. */
export const makeDevice = (random: () => number) => {
  const items = new Map<string, Item>();
  const receipts = new Map<string, ReceiptRow>();
  let gates: Gates = {};
  const device = {
    items, receipts, others: 0, faults: 0, refuseWrites: false, refuseReads: false,
    wipe: async () => {
      if (random() < device.faults) throw new Error("store");
      items.clear();
    },
    store(alive: () => boolean): Store {
      const act = async <T>(work: () => T, isWrite = false): Promise<T> => {
        await turn();
        if (!alive()) return new Promise<T>(() => {});
        if (!isWrite && device.refuseReads) throw new Error("UnknownError");
        if (isWrite && device.refuseWrites) throw new Error("QuotaExceededError");
        if (random() < device.faults) throw new Error("store");
        return work();
      };
      return {
        _watch() {},
        _read: () => act(() => [[...items.values()].map((item) => ({ ...item })), { ...gates }]),
        _add: (item) => act(() => {
          if (items.has(item.id)) return false;
          const why = isTooMuch([...items.values()], item);
          if (!why) items.set(item.id, item);
          return why;
        }, true),
        _change: (id, change: (before: any) => any, where) => act(() => {
          const changed = change(where ? gates : items.get(id));
          if (changed && where) gates = changed;
          else if (changed) items.set(id, changed);
          return changed;
        }, true),
        _finish: (id, row) => act(() => {
          if (items.delete(id) && row) receipts.set(id, row);
        }, true),
        run: () => Promise.reject(new Error("not here")),
      };
    },
  };
  return device;
};

/** An endpoint that stores by id, behind a network that loses requests and answers. */
export const makeEndpoint = (random: () => number) => {
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
export const openPage = (device: ReturnType<typeof makeDevice>, endpoint: ReturnType<typeof makeEndpoint>, world: World, random: () => number) => {
  const changes: Change[] = [];
  const held = new Set<string>();
  let alive = true;
  let waits = false;
  let alarm: number | undefined;
  const outbox = createOutbox({
    _store: device.store(() => alive),
    _send: async (item) => {
      const outcome = await endpoint.receive(item);
      return alive ? outcome : new Promise(() => {});
    },
    _locks: true,
    async _lock(id, steal, work) {
      if (world.locks.has(id) && !steal) return false;
      world.locks.add(id);
      held.add(id);
      return work().finally(() => {
        world.locks.delete(id);
        held.delete(id);
      });
    },
    _now: () => world.now,
    _random: random,
    _visible: () => true,
    _alarm: (ms) => {
      alarm = ms < Infinity ? world.now + ms : undefined;
    },
   
    _flag: async (waiting) => {
      waits = waiting;
    },
    _due: ({ v }) => v == 1,
    _others: () => void (device.others += 1),
    _report: (change) => void changes.push(change),
  });
  return {
    outbox: { ...outbox, ...inHands(outbox), erase: () => erase({ ...outbox, run: device.wipe as any, extra: () => undefined }) }, changes,
    /** Whether it has told the next page view to look. */
    waits: () => waits,
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

export const entry = (id: string, kind = "complaint"): Entry =>
  ({ id, kind, reference: "AE-" + id, endpoint: { url, receipt: "strict" }, body: `{"id":"${id}"}` });

export const setUp = (seed = 1) => {
  const random = seeded(seed);
  const device = makeDevice(random);
  const endpoint = makeEndpoint(random);
  const world: World = { now: 1_000_000_000_000, locks: new Set() };
  return { random, device, endpoint, world, page: () => openPage(device, endpoint, world, random) };
};

/** Lets time pass. */
export const run = async (world: World, pages: ReturnType<typeof openPage>[], ms: number, step = 5000) => {
  for (let passed = 0; passed < ms; passed += step) {
    world.now += step;
    pages.map((page) => page.tick());
    await settleAll(12);
  }
};
