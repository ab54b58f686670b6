// The store, on an IndexedDB in memory.
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesMax, itemsMax, type Gates, type Item } from "../src/sender/machine";
import { erase, keepsakes, withDesk } from "../src/sender/desk";
import { createShelf } from "../src/sender/shelf";
import { openStore, type Store } from "../src/sender/store";
import { makeItem } from "./items";

Object.assign(globalThis, { IDBKeyRange });

/** What a customer reads and empties, over a bare store. */
const shelf = (store: Store) => {
  const outbox = { all: async () => [], inner: [, , , () => {}], hint: async () => {} };
  const core = { ...outbox, run: store.run, extra: () => undefined } as any;
  return { ...createShelf(core), erase: () => erase(core) };
};

const open = (factory: () => globalThis.IDBFactory) => openStore("all-ears", 60_000, undefined, factory);

const fresh = () => {
  const factory = new IDBFactory() as unknown as IDBFactory & globalThis.IDBFactory;
  return { factory, store: open(() => factory) };
};

test("an item is there for the next page", async () => {
  const { factory, store } = fresh();
  assert.equal(await store._add(makeItem({ id: "a" })), false);
  const [items] = await open(() => factory)._read();
  assert.deepEqual(items, [makeItem({ id: "a" })]);
});

test("the same id again changes nothing", async () => {
  const { store } = fresh();
  await store._add(makeItem({ id: "a", body: "first" }));
  assert.equal(await store._add(makeItem({ id: "a", body: "second" })), false);
  assert.deepEqual(((await store._read())[0]).map((item) => item.body), ["first"]);
});

test("a full store refuses the new and keeps the old", async () => {
  const { store } = fresh();
  for (let at = 0; at < itemsMax; at++) assert.equal(await store._add(makeItem({ id: String(at) })), false);
  assert.equal(await store._add(makeItem({ id: "one more" })), true);
  assert.equal(((await store._read())[0]).length, itemsMax);
});

test("bytes are counted as UTF-8", async () => {
  const { store } = fresh();
  const body = "听".repeat(10_000);
  const fit = Math.floor(bytesMax / 30_000);
  for (let at = 0; at < fit; at++) assert.equal(await store._add(makeItem({ id: String(at), body })), false);
  assert.equal(await store._add(makeItem({ id: "one more", body })), true);
  assert.equal(await fresh().store._add(makeItem({ body: "x".repeat(64 * 1024) })), false);
  assert.equal(await fresh().store._add(makeItem({ body: "听".repeat(64 * 1024 / 2) })), true);
});

test("a change happens where the item stands, or not at all", async () => {
  const { store } = fresh();
  await store._add(makeItem({ id: "a" }));
  assert.equal((await store._change<Item>("a", (item) => ({ ...item!, attempts: 1 })))?.attempts, 1);
  assert.equal(await store._change("a", () => undefined), undefined);
  assert.equal(await store._change("b", (item) => item), undefined);
  assert.deepEqual(((await store._read())[0]).map((item) => item.attempts), [1]);
});

test("two pages that take the same item: one gets it", async () => {
  const { factory, store } = fresh();
  await store._add(makeItem({ id: "a" }));
  const take = (owner: string) => (item?: Item) => (item?.state == "stored" ? { ...item, state: "sending" as const, owner } : undefined);
  const other = open(() => factory);
  const taken = await Promise.all([store._change("a", take("one")), other._change("a", take("two"))]);
  assert.equal(taken.filter((item) => item).length, 1);
});

test("a delivered item leaves its receipt, and its body goes", async () => {
  const { store } = fresh();
  await store._add(makeItem({ id: "a" }));
  await store._finish("a", { id: "a", kind: "complaint", reference: "AE-1", sent_ms: 5, receipt: { owner: "Maya" } });
  assert.deepEqual((await store._read())[0], []);
  assert.deepEqual(await shelf(store).receipts(), [{ id: "a", kind: "complaint", reference: "AE-1", sent_ms: 5, receipt: { owner: "Maya" } }]);
});

test("what was given back takes nobody's place among those that wait, and its bytes still count", async () => {
  const { store } = fresh();
  for (let at = 0; at < itemsMax; at++) await store._add(makeItem({ id: "refused " + at, state: at % 2 ? "rejected" : "expired" }));
  for (let at = 0; at < itemsMax; at++) assert.equal(await store._add(makeItem({ id: String(at) })), false);
  assert.equal(await store._add(makeItem({ id: "one more" })), true);
  const small = fresh().store;
  const body = "x".repeat(30_000);
  for (let at = 0; at < Math.floor(bytesMax / 30_000); at++) await small._add(makeItem({ id: String(at), body, state: "rejected" }));
  assert.equal(await small._add(makeItem({ id: "one more", body })), true);
});

test("the newest twenty receipts stay, newest first", async () => {
  const { store } = fresh();
  for (let at = 1; at <= 25; at++) {
    await store._add(makeItem({ id: String(at) }));
    await store._finish(String(at), { id: String(at), kind: "complaint", reference: "AE-" + at, sent_ms: at, receipt: {} });
  }
  const rows = await shelf(store).receipts();
  assert.deepEqual([rows.length, rows[0]?.sent_ms, rows[19]?.sent_ms], [20, 25, 6]);
});

test("what was erased does not come back with a late answer", async () => {
  const { store } = fresh();
  await store._add(makeItem({ id: "a" }));
  await keepsakes(store).saveDraft("complaint", "words");
  await shelf(store).erase();
  await store._finish("a", { id: "a", kind: "complaint", reference: "AE-1", sent_ms: 5, receipt: {} });
  assert.deepEqual([(await store._read())[0], await shelf(store).receipts(), await keepsakes(store).draft("complaint")], [[], [], undefined]);
});

test("gates are kept one per endpoint, beside what waits", async () => {
  const { store } = fresh();
  const gate = { fails: 1, until_ms: 2, floor_ms: 0, set_ms: 1 };
  await store._change<Gates>("gates", (all) => ({ ...all, "https://a.example/": gate }), "meta");
  await store._change<Gates>("gates", (all) => ({ ...all, "https://b.example/": gate }), "meta");
  assert.deepEqual((await store._read())[1], { "https://a.example/": gate, "https://b.example/": gate });
});

test("drafts are saved, read and dropped by key", async () => {
  const { store } = fresh();
  await keepsakes(store).saveDraft("complaint", "one");
  await keepsakes(store).saveDraft("feedback", "two");
  await keepsakes(store).dropDraft("feedback");
  assert.deepEqual([await keepsakes(store).draft("complaint"), await keepsakes(store).draft("feedback")], ["one", undefined]);
});

test("a database that a later version made is used as it is", async () => {
  const { factory, store } = fresh();
  await store._add(makeItem({ id: "a" }));
  const later = factory.open("all-ears", 7);
  await new Promise((resolve) => (later.onsuccess = resolve));
  later.result.close();
  const old = open(() => factory);
  await old._add(makeItem({ id: "b" }));
  assert.deepEqual(((await old._read())[0]).map((item) => item.id), ["a", "b"]);
});

test("a handle that the browser closed is opened again", async () => {
  const { factory, store } = fresh();
  await store._add(makeItem({ id: "a" }));
  const later = factory.open("all-ears", 2);
  await new Promise((resolve) => (later.onsuccess = resolve));
  later.result.close();
  await store._add(makeItem({ id: "b" }));
  assert.equal(((await store._read())[0]).length, 2);
});

/** Who listens to the page, by event. */
const hearing = (context: { after(done: () => void): void }) => {
  const heard = new Map<string, (event: { type: string }) => void>();
  Object.assign(globalThis, {
    addEventListener: (name: string, hear: () => void) => heard.set(name, hear),
    removeEventListener: (name: string) => heard.delete(name),
  });
  context.after(() => void Object.assign(globalThis, { addEventListener: undefined, removeEventListener: undefined }));
  return { heard, tell: (type: string) => heard.get(type)!({ type }) };
};

test("a page that was put aside begins nothing until it is back", async (context) => {
  const { tell } = hearing(context);
  const { store } = fresh();
  store._watch(1);
  await store._add(makeItem({ id: "a" }));
  tell("pagehide");
  let added = false;
  const adding = store._add(makeItem({ id: "b" })).then(() => (added = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(added, false);
  tell("pageshow");
  await adding;
  assert.equal(((await store._read())[0]).length, 2);
});

test("a store listens to the page while something is under way or waits, and until the page is back", async (context) => {
  const { heard, tell } = hearing(context);
  const { store } = fresh();
  assert.equal(heard.size, 0);
  const adding = store._add(makeItem({ id: "a" }));
  assert.equal(heard.size, 2);
  tell("pagehide");
  tell("pageshow");
  await adding.catch(() => {});
  assert.equal(heard.size, 0, "nothing is under way");
  store._watch(1);
  await store._read();
  assert.equal(heard.size, 2, "something waits");
  tell("pagehide");
  store._watch(-1);
  assert.equal(heard.size, 2, "nobody else would say that the page is back");
  tell("pageshow");
  assert.equal(heard.size, 0);
});

test("without IndexedDB everything rejects and nothing hangs", async () => {
  const store = open(() => {
    throw new DOMException("no", "SecurityError");
  });
  await assert.rejects(store._add(makeItem({})));
  await assert.rejects(store._read());
});

test("a database that comes back empty under an open page is said to be lost", async () => {
  const factory = new IDBFactory() as unknown as IDBFactory & globalThis.IDBFactory;
  let lost = 0;
  const store = openStore("all-ears", 60_000, () => void lost++, () => factory);
  await store._add(makeItem({ id: "a" }));
  assert.equal(lost, 0);
  const gone = factory.deleteDatabase("all-ears");
  await new Promise((resolve) => (gone.onsuccess = resolve));
  assert.deepEqual([(await store._read())[0], lost], [[], 1]);
  await store._add(makeItem({ id: "a" }));
  assert.equal(lost, 1);
});

test("every handle hears that its database was lost, whoever makes it anew, and none hears it of one that is whole", async () => {
  const factory = new IDBFactory() as unknown as IDBFactory & globalThis.IDBFactory;
  const lost = [0, 0];
  const [one, two] = lost.map((_, at) => openStore("all-ears", 60_000, () => void lost[at]!++, () => factory));
  await one!._add(makeItem({ id: "a" }));
  await two!._read();
  const cleared = factory.deleteDatabase("all-ears");
  await new Promise((resolve) => (cleared.onsuccess = resolve));
  await open(() => factory)._read();
  assert.deepEqual(lost, [0, 0]);
  for (const times of [1, 2]) assert.deepEqual([(await one!._read())[0], (await two!._read())[0], lost], [[], [], [1, 1]], String(times));
  // Its customer deletes everything, and a later version takes it over: it is the same one.
  await one!._add(makeItem({ id: "b" }));
  await shelf(one!).erase();
  const later = factory.open("all-ears", 3);
  await new Promise((resolve) => (later.onsuccess = resolve));
  later.result.close();
  await Promise.all([one!._read(), two!._read()]);
  assert.deepEqual(lost, [1, 1]);
});

test("a database that will not open is not waited for again and again", async () => {
  let asked = 0;
  const store = open(() => {
    asked++;
    throw new DOMException("no", "SecurityError");
  });
  for (let times = 0; times < 5; times++) await assert.rejects(store._read());
  assert.equal(asked, 2);
});

test("a draft that another page wrote unseen is handed back to whoever writes over it", async () => {
  const { factory, store } = fresh();
  const one = keepsakes(store);
  const two = keepsakes(open(() => factory));
  assert.equal(await one.draft("complaint"), undefined);
  assert.equal(await one.saveDraft("complaint", "It leaks"), undefined);
  assert.equal(await one.saveDraft("complaint", "It leaks at the toe"), undefined, "its own is known to it");
  assert.equal(await two.saveDraft("complaint", "The laces broke"), "It leaks at the toe");
  assert.equal(await two.saveDraft("complaint", "The laces broke, too"), undefined, "handed back once");
  assert.equal(await one.draft("complaint"), "The laces broke, too");
  assert.equal(await one.saveDraft("complaint", "Both"), undefined, "it was read");
  await one.dropDraft("complaint");
  assert.equal(await two.saveDraft("complaint", "Again"), undefined, "what was dropped is nobody's loss");
  assert.equal(await one.saveDraft("feedback", "Boots for dogs"), undefined, "another draft");
});

test("a draft that nobody comes back to goes after a day, and one that goes on from what was deleted with it", async () => {
  const { store } = fresh();
  const drafts = keepsakes(store);
  const at = (hours: number, more = "") => `{"v":1,"saved_at":"${new Date(Date.now() - hours * 3_600_000).toISOString()}"${more}}`;
  const later = `{"v":2,"written":"long ago"}`;
  await drafts.saveDraft("rating1", at(25));
  await drafts.saveDraft("rating2", at(23, ',"sent":"an-id"'));
  await drafts.saveDraft("feedback", later);
  assert.equal(await drafts.draft("rating1"), undefined);
  assert.match((await drafts.draft("rating2"))!, /an-id/);
  assert.equal(await drafts.draft("feedback"), later, "what a later version wrote is left alone");
  await drafts.dropOf("an-id");
  assert.equal(await drafts.draft("rating2"), undefined);
  assert.equal(await drafts.draft("feedback"), later);
});

test("pages tell each other of drafts, and nobody hears of their own", async () => {
  const { store } = fresh();
  const listeners = new Set<(change: any) => void>();
  const report = ({ id, kind }: any, state: string) => listeners.forEach((listener) => listener({ id, kind, state }));
  const core = { run: store.run, inner: [, , , report], subscribe: (listener: any) => (listeners.add(listener), () => {}) } as any;
  const heard: string[] = [];
  const [one, two] = ["one", "two"].map((name) => {
    const desk = withDesk(core, async () => ({ createShelf }));
    desk.subscribe(({ id, state }) => heard.push(`${name}: ${id} ${state}`));
    return desk;
  });
  assert.equal(await one!.saveDraft("complaint", "It leaks"), true);
  assert.deepEqual(heard.splice(0), ["two: complaint draft"]);
  assert.equal(await two!.saveDraft("complaint", "The laces broke"), "It leaks");
  assert.deepEqual(heard.splice(0), ["one: complaint draft"]);
  await one!.dropDraft("complaint");
  assert.deepEqual(heard, [], "what the other wrote on meanwhile stays");
  assert.equal(await one!.draft("complaint"), "The laces broke");
  await one!.dropDraft("complaint");
  assert.deepEqual(heard.splice(0), ["two: complaint dropped"]);
  await one!.dropDraft("complaint");
  assert.deepEqual(heard, [], "nobody shows it any more");
});

test("what one page deletes altogether, another that shows it lets go of", async () => {
  const { store } = fresh();
  const listeners = new Set<(change: any) => void>();
  const report = ({ id, kind }: any, state: string) => listeners.forEach((listener) => listener({ id, kind, state }));
  const core = {
    run: store.run, inner: [, , , report], subscribe: (listener: any) => (listeners.add(listener), () => {}),
    all: async () => [], heard: () => {}, hint: async () => {}, extra: () => undefined,
  } as any;
  const heard: string[] = [];
  const [one, two] = ["one", "two"].map(() => withDesk(core, async () => ({ createShelf })));
  two!.subscribe(({ id, state }) => heard.push(`${id} ${state}`));
  await two!.saveDraft("complaint", "It leaks");
  await two!.saveDraft("rating17", "Dry feet");
  assert.equal(await one!.forget(), true);
  assert.deepEqual(heard, ["complaint dropped", "rating dropped"], "and not the one that it does not show");
  assert.equal(await two!.draft("complaint"), undefined);
});
