// The outbox: stored before sent, sent until received. Everything it touches is handed in, so that tests can break it.
import type { Change, ChangeState, Entry } from "../types";
import {
  frozenMs, gateAfter, hint, isFrozen, isWaiting, judge, lease, next, settle, timeoutMs,
  type Gates, type Item, type Outcome, type Verdict,
} from "./machine";
import { within, type ReceiptRow, type Store } from "./store";

export interface Ports {
  store: Store;
  send(item: Item): Promise<Outcome>;
  /** Runs under the item's lock; `false` when another page holds it. */
  lock(id: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean>;
  locks: boolean;
  now(): number;
  random(): number;
  visible(): boolean;
  /** Calls `wake` once after so long; replaces an earlier order. `undefined` cancels it. */
  alarm(ms: number | undefined): void;
  /** Says whether something waits in the store, for the next page view, and whether this page has anything to send. */
  flag(stored: boolean, any: boolean): void;
  report(change: Change): void;
}

/** How long storing may take before the customer is told that the words are not saved. */
const storeMsMax = 3000;
/** When to ask again for an item that another page is sending. */
const busyMs = 2000;
/** How much of an endpoint's refusal is passed on. */
const detailLengthMax = 1000;
const alarmMsMax = 3_600_000;

export const createOutbox = (ports: Ports) => {
  const { store, now } = ports;
  const owner = String(ports.random());
  /** Items that could not be stored: sent as long as the page stays open. */
  const unsaved = new Map<string, Item>();
  /** Received, though the store would not hear of it: never sent again by this page. */
  const done = new Set<string>();
  /** Gates as this page knows them, for the time that the store is of no use. */
  let gates: Gates = {};
  /** Since when this page has found an item's lock taken. */
  const taken = new Map<string, number>();
  let running: Promise<void> | undefined;
  let again = false;

  const report = (item: Item, state: ChangeState, more: Partial<Change> = {}) => {
    ports.report({ id: item.id, kind: item.kind, state, ...more });
  };

  const all = async (): Promise<Item[]> => {
    const stored = (await store.items().catch(() => [])).filter((item) => !done.has(item.id));
    return [...stored, ...[...unsaved.values()].filter((item) => stored.every((other) => other.id != item.id))];
  };

  /** Changes an item where it is kept. */
  const change = async (item: Item, how: (item: Item) => Item | undefined): Promise<Item | undefined> => {
    const kept = unsaved.get(item.id);
    if (!kept) return store.change(item.id, how);
    const changed = how(kept);
    if (changed) unsaved.set(item.id, changed);
    return changed;
  };

  const setGate = async (url: string, gate: Gates[string]) => {
    gates = { ...gates, [url]: gate };
    await store.setGate(url, gate).catch(() => {});
  };

  const finish = async (item: Item, verdict: Verdict) => {
    const receipt = verdict.receipt && JSON.parse(verdict.receipt);
    const reference = receipt?.reference ?? item.reference;
    const row: ReceiptRow | undefined = reference
      ? { id: item.id, kind: item.kind, reference, sent_ms: now(), receipt: receipt ?? {} }
      : undefined;
    done.add(item.id);
    const kept = unsaved.get(item.id);
    unsaved.delete(item.id);
    // What was never stored still leaves its receipt, if it can. It was received, whatever the store says.
    const keep = async () => {
      if (kept) await store.add(kept);
      await store.finish(item.id, row);
      await free(item.endpoint.url);
    };
    await within(storeMsMax, keep()).catch(() => {});
    report(item, "sent", { receipt: verdict.receipt });
  };

  /** An endpoint that received something takes the rest too. */
  const free = async (url: string) => {
    for (const held of await all()) {
      if (held.state == "held" && held.endpoint.url == url) await change(held, (kept) => ({ ...kept, not_before_ms: 0 }));
    }
  };

  /** Tries an item once; `false` when another page was faster. */
  const attempt = async (chosen: Item): Promise<boolean> => {
    // Read again under the lock: another page may have sent it meanwhile.
    const item = await change(chosen, (kept) =>
      isWaiting(kept) && kept.attempts == chosen.attempts ? lease(kept, owner, now()) : undefined);
    if (!item) return false;
    report(item, "sending");
    const outcome = await ports.send(item);
    const verdict = judge(item, outcome);
    const { url } = item.endpoint;
    await setGate(url, gateAfter(gates[url], verdict, outcome, now(), ports.random(), ports.visible()));
    if (verdict.state == "sent") {
      await finish(item, verdict);
      return true;
    }
    const settled = await change(item, (kept) =>
      kept.lease_owner == owner ? settle(kept, verdict, outcome, now()) : undefined);
    if (settled) report(settled, settled.state, { status: outcome.status, detail: outcome.body?.slice(0, detailLengthMax) });
    return true;
  };

  /** Whether the lock's holder must be frozen: its lease is long over, or it never came to take one. */
  const isStuck = (item: Item): boolean =>
    isFrozen(item, now()) || now() - (taken.get(item.id) ?? now()) > timeoutMs(item.endpoint) + frozenMs;

  /** One item after the other, oldest first, until none is due. */
  const work = async () => {
    const busy = new Set<string>();
    for (;;) {
      again = false;
      const items = await all();
      gates = await store.gates().then((stored) => ({ ...gates, ...stored }), () => gates);
      const waiting = items.filter(isWaiting);
      ports.flag(waiting.some((item) => !unsaved.has(item.id)), waiting.length > 0);
      const { item, wake_ms } = next(items, gates, now(), ports.locks, busy);
      if (item) {
        const had = await ports.lock(item.id, isStuck(item), () => attempt(item)).catch(() => false);
        if (had) taken.delete(item.id);
        else {
          busy.add(item.id);
          taken.set(item.id, taken.get(item.id) ?? now());
        }
        continue;
      }
      if (again) continue;
      const wait = Math.min((wake_ms ?? Infinity) - now(), busy.size ? busyMs : Infinity, alarmMsMax);
      ports.alarm(wake_ms || busy.size ? Math.max(wait, 0) : undefined);
      return;
    }
  };

  const drain = (): Promise<void> => {
    again = true;
    return (running ||= work().catch(() => {}).finally(() => {
      running = undefined;
    }));
  };

  return {
    drain,

    /** Something says that the way may be free again: what is held back by courtesy alone goes now. */
    async hint(): Promise<void> {
      const stored = await store.gates().catch(() => gates);
      for (const [url, gate] of Object.entries({ ...gates, ...stored })) if (gate) await setGate(url, hint(gate));
      return drain();
    },

    async submit(entry: Entry): Promise<Change> {
      const { id, kind, reference, endpoint, body } = entry;
      const item: Item = {
        id, v: 1, kind, reference, endpoint, body, created_ms: now(), attempts: 0, last_status: 0, last_try_ms: 0,
        not_before_ms: 0, lease_owner: "", lease_until_ms: 0, state: "stored",
      };
      ports.flag(true, true);
      const why = await within(storeMsMax, store.add(item)).catch((error) => String(error?.name ?? error));
      if (why) unsaved.set(id, item);
      const result: Change = { id, kind, state: why ? "unsaved" : "stored", detail: why };
      ports.report(result);
      void drain();
      return result;
    },

    async waiting(): Promise<number> {
      return (await all()).filter(isWaiting).length;
    },

    async erase(): Promise<void> {
      unsaved.clear();
      gates = {};
      await store.erase().catch(() => {});
      ports.flag(false, false);
    },
  };
};
