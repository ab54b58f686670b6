// The outbox: stored before sent, sent until received. Everything it touches is handed in, so that tests can break it.
import type { Change, ChangeState, Entry } from "../types";
import {
  free, frozenMs, gateAfter, hint, isWaiting, judge, lease, next, readReceipt, settle, timeoutMs,
  type Gates, type Item, type Outcome,
} from "./machine";
import type { ReceiptRow, Store } from "./store";

export interface Ports {
  _store: Store;
  /** One attempt; bounded in time, never rejects. */
  _send(item: Item): Promise<Outcome>;
  /** Runs under the item's lock; `false` when another page holds it. `steal` takes it from a frozen page. */
  _lock(id: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean>;
  _locks: boolean;
  _now(): number;
  _random(): number;
  _visible(): boolean;
  /** Calls `drain` once after so long; replaces an earlier order. After all time: never. */
  _alarm(ms: number): void;
  /** Says whether something waits, for this page and for the next page view; settles when that is kept, or soon. */
  _flag(waiting: boolean): Promise<unknown>;
  _report(change: Change): void;
  /** Whether an item may go now, and whose it is: files wait for their submission, and have a sender of their own. */
  _due(item: Item): boolean;
  /** There are others than its own. */
  _others(): void;
}

export type Outbox = ReturnType<typeof createOutbox>;

/** When to ask again for an item that another page is sending. */
const busyMs = 2000;
/** When to ask a store again that could not be read or written. */
const blindMs = 20_000;

export const createOutbox = (ports: Ports) => {
  const { _store: store, _now: now } = ports;
  const owner = String(ports._random());
  /** What this page handed in and nobody has received yet, for the case that the store is emptied under it. */
  const own = new Map<string, Item>();
  /** Items as only this page knows them, because the store would not take them; over what the store says. */
  const memory = new Map<string, Item>();
  /** Those of them that never were in the store: the page has to stay open. */
  const unsaved = new Set<string>();
  /** Received or deleted, though the store may not have heard of it: never sent again by this page. */
  const done = new Set<string>();
  /** Those of them that the store still holds, with the receipt that should take their place. */
  const leftovers = new Map<string, ReceiptRow | undefined | null>();
  /** Gates that the store would not take, and all as they were last known. */
  let gates: Gates = {};
  let known: Gates = {};
  /** Since when this page has found an item's lock taken, by the try that holds it. */
  const taken = new Map<string, number>();
  let running: Promise<void> | undefined;
  let again = false;
  /** The store could not be read: there may be more than this page knows of. */
  let blind = false;

  /** The state that may be shown: what is in no store is not saved; unless waiting is of no use to it any more. */
  const shown = ({ id, state }: { id: string; state: ChangeState }): ChangeState =>
    unsaved.has(id) && !/^(sent|rej|exp)/.test(state) ? "unsaved" : state;

  const report = ({ id, kind }: Item, state: ChangeState, receipt?: string): Change => {
    const change = { id, kind, state: shown({ id, state }), receipt };
    ports._report(change);
    return change;
  };

  const letGo = (id: string) => {
    done.add(id);
    for (const one of [own, memory, unsaved]) one.delete(id);
  };

  const all = async (): Promise<Item[]> => {
    blind = false;
    const [stored, theirs] = await store._read().catch(() => {
      blind = true;
      return [[...own.values()], known] as const;
    });
    known = { ...theirs, ...gates };
    const items = new Map([...stored.map((item) => [item.id, item] as const), ...memory]);
    // Another page has put back what this one knows to be received or deleted: out with it again.
    for (const id of done) if (items.delete(id)) leftovers.set(id, leftovers.get(id));
    return [...items.values()];
  };

  /** Changes an item where it is kept. A store that refuses holds nothing up: then this page remembers. */
  const change = async (item: Item, how: (item: Item) => Item | undefined): Promise<Item | undefined> => {
    const { id } = item;
    const since = gates;
    let kept = memory.get(id);
    const changed = kept ? how(kept) : await store._change<Item>(id, (before) => before && how(before))
      // Unless the store was emptied meanwhile: then what came from it is gone.
      .catch(() => (gates == since ? how(kept = item) : undefined));
    if (kept && changed && !done.has(id)) memory.set(id, changed);
    if (changed && own.has(id)) own.set(id, changed);
    return changed;
  };

  /** Tries again to store what only this page knows. */
  const rescue = async ([id, item]: [string, Item]) => {
    if (unsaved.has(id)) {
      // Refused for its size, or because there are too many: the page goes on alone.
      if (await store._add(item)) return;
      // It was there already, and another page has sent it.
      if (done.has(id)) return discard(id);
      unsaved.delete(id);
      report(item, item.state);
    }
    await store._change<Item>(id, (before) => before && item);
    // Unless it went on meanwhile, or was lost.
    if (memory.get(id) == item && !unsaved.has(id)) memory.delete(id);
  };

  /** Takes an item out of the store; what fails is tried again. */
  const discard = async (id: string, row?: ReceiptRow | null) => {
    leftovers.set(id, row);
    // No room for the receipt, perhaps: the words go all the same.
    await store._finish(id, row).catch(() => store._finish(id, row && undefined));
    leftovers.delete(id);
  };

  const setGate = async (url: string, how: (gate: Gates[string]) => Gates[string]) => {
    // What is lost meanwhile starts a list of its own.
    const [behind, isBehind, mine] = [gates, url in gates, known[url]];
    gates[url] = known[url] = how(mine);
    // The store has not heard of this page's gate, unless another page has learned something since.
    await store._change<Gates>("gates", ({ [url]: theirs, ...others } = {}) => {
      const gate = how(isBehind && !(theirs?.set_ms! > mine?.set_ms!) ? mine : theirs);
      // An open one leaves nothing: it would look like something that the store has not heard of.
      return gate ? { ...others, [url]: gate } : others;
    }, "meta").then(() => delete behind[url], () => {});
  };

  const finish = async (item: Item, body: string | undefined) => {
    const { id, kind } = item;
    const receipt = readReceipt(body);
    const reference = receipt?.reference ?? item.reference;
    const row: ReceiptRow | undefined = reference ? { id, kind, reference, sent_ms: now(), receipt: receipt ?? {} } : undefined;
    // What was never stored still leaves its receipt, if it can. It was received, whatever the store says.
    const isNew = unsaved.has(id);
    letGo(id);
    if (isNew) await store._add(item).catch(() => {});
    await discard(id, row).catch(() => {});
    report(item, "sent", receipt && body);
  };

  /** Tries an item once; `false` when another page was faster. */
  const attempt = async (chosen: Item): Promise<boolean> => {
    // Read again under the lock: another page may have sent it meanwhile.
    const item = await change(chosen, (kept) =>
      isWaiting(kept) && kept.attempts == chosen.attempts ? lease(kept, owner, now()) : undefined);
    if (!item || done.has(item.id)) return false;
    report(item, "sending");
    const outcome = await ports._send(item);
    const at = now();
    const verdict = judge(item, outcome);
    const { url } = item.endpoint;
    await setGate(url, (gate) => gateAfter(gate, verdict, outcome, at, ports._random(), ports._visible()));
    if (verdict == "sent") {
      await finish(item, outcome.body);
      // Somebody has repaired it: what waits for that may be tried now.
      for (const held of await all()) if (held.state == "held" && held.endpoint.url == url) await change(held, free);
      return true;
    }
    const settled = await change(item, (kept) =>
      kept.owner == owner ? settle(kept, verdict, outcome, at) : undefined);
    if (settled) report(settled, settled.state);
    return true;
  };

  /** One item after the other, oldest first, until none is due. */
  const work = async () => {
    const busy = new Set<string>();
    for (;;) {
      again = false;
      const waiting = (await all()).filter(isWaiting);
      // What the store has not heard of, it still has; what could not be stored may yet have been, and what could not be
      // read may be there.
      const flag = () => void ports._flag(blind || leftovers.size + memory.size + waiting.length > 0);
      flag();
      const mine = waiting.filter(ports._due);
      if (mine.length < waiting.length) ports._others();
      const { item, wake_ms } = next(mine, known, now(), ports._locks, busy);
      if (item) {
        const { id, attempts } = item;
        const since = taken.get(id + attempts) ?? now();
        // The lock's holder must be frozen: it is at the same try for longer than any takes, or the clock was set.
        const isStuck = Math.abs(since - now()) > timeoutMs(item.endpoint) + frozenMs;
        // What no store has, no other page can be at.
        const had = unsaved.has(id) ? attempt(item) : ports._lock(id, isStuck, () => attempt(item));
        if (!(await had.catch(() => false))) {
          busy.add(id);
          taken.set(id + attempts, since);
        }
        continue;
      }
      await Promise.allSettled([...[...memory].map(rescue), ...[...leftovers].map((one) => discard(...one))]);
      if (again) continue;
      flag();
      return ports._alarm(Math.min(wake_ms - now(), busy.size ? busyMs : blind || memory.size || leftovers.size ? blindMs : Infinity));
    }
  };

  const drain = (): Promise<void> => {
    again = true;
    return (running ||= work().catch(() => {}).finally(() => {
      running = undefined;
    }));
  };

  /** Something says that the way may be free again: what is held back by courtesy alone goes now. */
  const wake = async (): Promise<void> => {
    await all();
    for (const url in known) if (known[url]) await setGate(url, hint);
    return drain();
  };

  return {
    drain,
    hint: wake,

    async submit(entry: Entry, add = store._add): Promise<Change> {
      const { id, kind } = entry;
      const item: Item = { ...entry, v: 1, created_ms: now(), attempts: 0, last_try_ms: 0, state: "stored" };
      const why = done.has(id) || await Promise.all([ports._flag(true), add(item)]).then(([, refused]) => refused, () => true);
      // It went before; or a store that was slow to answer has shown it to those who send.
      if (done.has(id)) return { id, kind, state: "sent" };
      own.set(id, item);
      if (why) {
        memory.set(id, item);
        unsaved.add(id);
      }
      void drain();
      return report(item, "stored");
    },

    /** Another page says what became of an item. */
    heard({ id, state }: Change): void {
      if (state == "sent" || state == "deleted") {
        letGo(id);
        leftovers.set(id, state == "sent" ? leftovers.get(id) : null);
      }
      void drain();
    },

    /** The store was emptied under this page: what it handed in is in its hands again. */
    lost(): void {
      gates = { ...known };
      for (const [id, item] of [...own, ...memory]) {
        memory.set(id, item);
        unsaved.add(id);
        report(item, "unsaved");
      }
      void drain();
    },

    all,
    /** What the customer's own view builds upon (shelf.ts). */
    inner: [change, discard, letGo, report, shown] as const,
  };
};
