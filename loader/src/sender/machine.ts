// Every decision about delivery, as pure functions: no clock, no randomness, no storage, no network in here.
// Numbers that bound something stand at the top and say what happens at both ends.
import type { ChangeState, Endpoint } from "../types";

/** A submission as it waits on the device. `v` lets a later version leave alone what it does not know. */
export interface Item {
  id: string;
  v: number;
  kind: string;
  reference?: string;
  endpoint: Endpoint;
  /** It names files, which follow once it is received. */
  files?: boolean;
  /** Serialised once, where it was written; never touched again. */
  body: string;
  /** The same in the shape that its endpoint wants, where that is another. */
  payload?: string;
  /** Its media type, where that is not ours. */
  type?: string;
  created_ms: number;
  attempts: number;
  last_status?: number;
  last_try_ms: number;
  /** Not tried before this; set for `held`. */
  not_before_ms?: number;
  /** Whose try is under way. */
  owner?: string;
  /** Since when tries have failed past its age; absent or 0 before. */
  late_ms?: number;
  state: Exclude<ChangeState, "unsaved" | "sent" | "deleted">;
}

/** One per endpoint. `floor_ms` is what the endpoint asked for, `until_ms` what we add out of courtesy. */
export interface Gate {
  fails: number;
  until_ms: number;
  floor_ms: number;
  set_ms: number;
}

export type Gates = Record<string, Gate | undefined>;

/** What came of one attempt; without `status` nothing came back. */
export interface Outcome {
  status?: number;
  body?: string;
  retry_after_ms?: number;
}

/** What an answer means for its item. */
export type Verdict = "stored" | "held" | "rejected" | "sent";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A longer body is refused at once; it can still be sent while the page stays open. The receiver takes no more
 *  either. A complaint with all its fields full of Chinese is 45 KiB. */
export const bodyBytesMax = 64 * 1024;
/** So many may wait. The next item is refused, visibly; nothing that waits makes room for it. */
export const itemsMax = 50;
/** Of all that is kept, also what was given back to its customer. */
export const bytesMax = 1024 * 1024;
/** A longer answer counts as no receipt. */
export const receiptBytesMax = 16 * 1024;

const retryMsFirst = 1000;
const retryMsMaxVisible = minute;
const retryMsMaxHidden = 15 * minute;
/** How long a misconfigured endpoint is left alone; it is tried again, because somebody may repair it. */
const heldMs = hour;
/** No wait is longer, whatever the endpoint or a wrong clock says. */
const waitMsMax = day;
const clockSkewMsMax = 5 * minute;
/** So long after an attempt must have ended, a page that still has the lock counts as frozen. */
export const frozenMs = 30_000;
const timeoutSecondsDefault = 15;
const ageMsMax = 7 * day;
const ageMsMaxComplaint = 30 * day;
/** Past its age an item is tried for another day, so that a clock set wrong expires nothing by itself. */
const lateMsMax = day;

/** Somebody has to repair the endpoint; redirects are among them. */
const heldStatuses = /^3|40[1345]|410|50[15]/;
/** The request itself is at fault; without those that only come at the wrong time. */
const refusedStatuses = /^4(?!0[89]|2[59])/;

/** How long one attempt may take. */
export const timeoutMs = (endpoint: Endpoint): number => (+endpoint.timeout_seconds! || timeoutSecondsDefault) * 1000;

/** A lease outlives the attempt a little, so that only the dead lose it. */
const leaseMsMore = 5000;

/** An endpoint's answer, if it is an object. */
export const readReceipt = (text = ""): Record<string, any> | undefined => {
  try {
    const value = text.length <= receiptBytesMax && JSON.parse(text);
    if (Object(value) === value) return value;
  } catch {
    // Half of one, or the page of a captive portal.
  }
};

/** What an answer means for its item. */
export const judge = ({ id, endpoint }: Item, { status, body }: Outcome): Verdict =>
  heldStatuses.test(status as any) ? "held"
  : refusedStatuses.test(status as any) ? "rejected"
  // A page can fake an answer, and a captive portal says 200 too: only the echo of the id is proof.
  : /^2/.test(status as any) && (endpoint.receipt != "strict" || readReceipt(body)?.id === id) ? "sent"
  : "stored";

/** The gate as far as the clock can be trusted: a jump opens it. */
export const trust = (gate: Gate | undefined, now: number): Gate | false | undefined =>
  gate && gate.until_ms - now <= waitMsMax && gate.set_ms <= now + clockSkewMsMax && gate;

/** The gate after an attempt; `undefined` is an open gate. */
export const gateAfter = (
  before: Gate | undefined, verdict: Verdict, outcome: Outcome, now: number, random: number, visible: boolean,
): Gate | undefined => {
  // Another page may have been turned away since.
  if (verdict != "stored") return verdict == "sent" && !(before?.set_ms! > now) ? undefined : before;
  const { fails = 0, floor_ms: floor = 0 }: Partial<Gate> = trust(before, now) || {};
  const longest = visible ? retryMsMaxVisible : retryMsMaxHidden;
  const wait = Math.min(retryMsFirst * 2 ** fails, longest) * (0.5 + random / 2);
  // Another page may have been asked for more.
  const floor_ms = Math.max(floor, now + Math.min(outcome.retry_after_ms ?? 0, waitMsMax));
  return { fails: fails + 1, floor_ms, until_ms: Math.max(now + wait, floor_ms), set_ms: now };
};

/** A hint that the way may be free again: our own courtesy ends, the endpoint's wish stays. */
export const hint = (gate: Gate | undefined): Gate | undefined => gate && { ...gate, until_ms: gate.floor_ms };

/** Still to be sent: stored, sending or held; not rejected, not expired. */
export const isWaiting = (item: Item): boolean => /^[sh]/.test(item.state);

/** Items take turns, because an endpoint may choke on one alone. A try that lies ahead was noted by a clock that has been
 *  set back since. */
const turn = ({ last_try_ms }: Item, now: number): number => (last_try_ms > now ? 0 : last_try_ms);

const dueMs = (item: Item, gates: Gates, now: number, locks: boolean): number => {
  const { endpoint, state, not_before_ms: held = 0 } = item;
  const tried = turn(item, now);
  return Math.max(
    (trust(gates[endpoint.url], now) as Gate | undefined)?.until_ms ?? 0,
    held - now > waitMsMax ? 0 : held,
    // With locks the lock says whether the holder lives; without them the lease does.
    state == "sending" && !locks && tried ? tried + timeoutMs(endpoint) + leaseMsMore : 0,
  );
};

/** The item to send now, or when to look again: the one least lately tried, of those the oldest. `skip` are items that
 *  another page is sending. */
export const next = (
  items: readonly Item[], gates: Gates, now: number, locks: boolean, skip: ReadonlySet<string>,
): { item?: Item; wake_ms: number } => {
  let wake_ms = Infinity;
  const waiting = items.filter((item) => isWaiting(item) && !skip.has(item.id));
  for (const item of waiting.sort((a, b) => turn(a, now) - turn(b, now) || a.created_ms - b.created_ms)) {
    const due = dueMs(item, gates, now, locks);
    if (due <= now) return { item, wake_ms };
    wake_ms = Math.min(wake_ms, due);
  }
  return { wake_ms };
};

/** The item as it goes out. */
export const lease = (item: Item, owner: string, now: number): Item => ({
  ...item, state: "sending", attempts: item.attempts + 1, last_try_ms: now, owner,
});

/** What its endpoint's fault holds back, once that is repaired. */
export const free = (item: Item): Item => ({ ...item, not_before_ms: 0 });

/** The item after an attempt that did not deliver it. */
export const settle = (item: Item, verdict: Verdict, outcome: Outcome, now: number): Item => {
  // A complaint, or an attachment of one.
  const ageMax = /nt$/.test(item.kind) ? ageMsMaxComplaint : ageMsMax;
  // A late time that lies ahead was noted by a clock that has been set back since.
  const since = item.late_ms! <= now && item.late_ms || now;
  const late_ms = now - item.created_ms > ageMax ? since : 0;
  return {
    ...item,
    state: verdict != "rejected" && late_ms && now - late_ms >= lateMsMax ? "expired" : verdict as Item["state"],
    last_status: outcome.status,
    not_before_ms: verdict == "held" ? now + heldMs : 0,
    late_ms,
  };
};

/** What an item weighs, as UTF-8. */
export const bytes = ({ body, payload = "" }: Item): number => new Blob([body, payload]).size;

/** Whether an item may not be stored: it is too long, or too much is there. */
export const isTooMuch = (items: readonly Item[], item: Item): boolean =>
  bytes(item) > bodyBytesMax || items.filter(isWaiting).length >= itemsMax
  || items.reduce((sum, one) => sum + bytes(one), bytes(item)) > bytesMax;
