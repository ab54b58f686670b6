// A whole small world for the sender: a device with a store that fails, an endpoint behind a network that fails, tabs that
// are killed, frozen and opened again, locks, and clocks that jump. One seed is one schedule; time passes only here.
import { bodyBytesMax, refusal, type Gates, type Item, type Outcome } from "../../src/sender/machine";
import { createOutbox } from "../../src/sender/outbox";
import type { ReceiptRow, Store } from "../../src/sender/store";
import type { Change, ChangeState } from "../../src/types";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
export const url = "https://in.example/v1/submissions";
const otherUrl = "https://other.example/";

/** A small generator with a seed (mulberry32). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

type StoreMode = "well" | "refuses" | "hangs";
type NetworkMode =
  | "well" | "down" | "hangs" | "503" | "503 later" | "429" | "cut" | "half" | "captive" | "404" | "422" | "mixed";
const networkModes: NetworkMode[] = [
  "well", "down", "hangs", "503", "503 later", "429", "cut", "half", "captive", "404", "422", "mixed", "well", "down", "mixed",
];

interface Event {
  at: number;
  page?: Page;
  run(): void;
  /** A transaction that was begun may still be committed when its page is gone. */
  orphan?(): void;
}

interface Page {
  name: string;
  outbox: ReturnType<typeof createOutbox>;
  alive: boolean;
  frozen: boolean;
  visible: boolean;
  epoch: number;
  alarm?: Event;
  late: Event[];
  /** What its screen says of each item. */
  says: Map<string, ChangeState>;
  /** What the endpoint has asked of it. */
  floor_ms: number;
}

interface Lock {
  page: Page;
  lose(error: Error): void;
}

/** Where a schedule went wrong. */
export class Broken extends Error {}

export class World {
  readonly log: string[] = [];
  private readonly random: () => number;
  private readonly events: Event[] = [];
  private time = 1_700_000_000_000;
  private skew = 0;
  private jumped = false;
  private readonly items = new Map<string, Item>();
  private readonly receipts = new Map<string, ReceiptRow>();
  private gates: Gates = {};
  private marked = false;
  private epoch = 1;
  private reads: StoreMode = "well";
  private writes: StoreMode = "well";
  private network: NetworkMode = "well";
  private readonly locks = new Map<string, Lock>();
  private readonly hasLocks: boolean;
  private readonly hasChannel: boolean;
  private readonly strict: boolean;
  private readonly pace: number;
  private pages: Page[] = [];
  private count = 0;
  /** The endpoint's rows, by id. */
  readonly accepted = new Map<string, string>();
  readonly refused = new Set<string>();
  /** Met a misconfigured endpoint, and may be left alone for an hour. */
  private readonly held = new Set<string>();
  private readonly poison = new Set<string>();
  private readonly submitted = new Map<string, { body: string; page: Page }>();
  private readonly promised = new Set<string>();
  /** Gone because their customer said so, or cleared the browser. */
  private readonly gone = new Set<string>();
  private steps: number;
  /** The store has hung: only then does anybody need a limit to the waiting. */
  private slow = false;
  /** The store has failed: from then on each page knows for itself alone what an endpoint has asked for. */
  private damaged = false;
  requests = 0;
  private readonly lastSent = new Map<string, number[]>();
  over = false;

  constructor(readonly seed: number, private readonly verbose = false) {
    this.random = seeded(seed);
    this.hasLocks = this.random() < 0.8;
    this.hasChannel = this.random() < 0.9;
    this.strict = this.random() < 0.7;
    this.pace = [0, 0.6, 0.9, 1, 1][Math.floor(this.random() * 5)]!;
    this.steps = 2 + Math.floor(this.random() * (this.random() < 0.2 ? 14 : 6));
    this.open();
    if (this.random() < 0.5) this.open();
    this.after(0, () => this.act());
  }

  /** Lets one thing happen. The caller lets all promises settle before the next. */
  step(): void {
    let first = 0;
    for (let at = 1; at < this.events.length; at++) if (this.events[at]!.at < this.events[first]!.at) first = at;
    const [event] = this.events.splice(first, 1);
    if (!event) return this.fail("nothing happens any more");
    this.time = Math.max(this.time, event.at);
    const { page } = event;
    if (page && !page.alive) return event.orphan?.();
    if (page?.frozen) {
      event.orphan?.();
      page.late.push({ ...event, orphan: undefined });
      return;
    }
    event.run();
  }

  private note(what: () => string): void {
    if (this.verbose) this.log.push(`${((this.time - 1_700_000_000_000) / 1000).toFixed(3)} ${what()}`);
  }

  /** The first thing that went wrong; an error that is thrown inside the sender may be caught there. */
  broken: string | undefined;

  private fail(why: string): never {
    this.broken ??= `seed ${this.seed}: ${why}`;
    throw new Broken(this.broken);
  }

  private after(ms: number, run: () => void, page?: Page, orphan?: () => void): Event {
    const event: Event = { at: this.time + ms, run, page, orphan };
    this.events.push(event);
    return event;
  }

  private drop(event: Event | undefined): void {
    const at = event ? this.events.indexOf(event) : -1;
    if (at >= 0) this.events.splice(at, 1);
  }

  private now(): number {
    return this.time + this.skew;
  }

  // The store

  private operate<T>(page: Page, kind: "reads" | "writes", apply: () => T): Promise<T> {
    const mode = this[kind];
    const done = () => {
      if (page.epoch != this.epoch) {
        page.epoch = this.epoch;
        page.outbox.lost();
      }
      return apply();
    };
    // Some devices are quick, and everything is quicker to simulate on those.
    if (mode == "well" && this.random() < this.pace) {
      return Promise.resolve().then(() => {
        const value = done();
        return page.frozen || !page.alive ? new Promise<T>((resolve) => this.after(0, () => resolve(value), page)) : value;
      });
    }
    return new Promise((resolve, reject) => {
      const commits = this.random() < 0.5;
      const wait = this.random() * (this.random() < 0.1 ? 200 : 8);
      if (mode == "refuses") return void this.after(wait, () => reject(new Error("QuotaExceededError")), page);
      // Nothing is ever heard of it, and perhaps it was done all the same.
      if (mode == "hangs") return void this.after(wait, () => (commits ? done() : undefined), page);
      let result: { value: T } | undefined;
      const once = () => (result ??= { value: apply() }).value;
      this.after(wait, () => {
        if (!result) result = { value: done() };
        resolve(result.value);
      }, page, () => (commits || page.alive ? once() : undefined));
    });
  }

  private store(page: Page): Store {
    const read = <T>(apply: () => T) => this.operate(page, "reads", apply);
    const write = <T>(apply: () => T) => this.operate(page, "writes", apply);
    const { items, receipts } = this;
    return {
      items: () => read(() => [...items.values()].map((item) => ({ ...item }))),
      add: (item) => write(() => {
        if (items.has(item.id)) return undefined;
        const why = refusal([...items.values()], item);
        if (!why) items.set(item.id, item);
        return why;
      }),
      change: (id, how) => write(() => {
        const item = items.get(id);
        const changed = item && how(item);
        if (changed) items.set(id, changed);
        return changed;
      }),
      finish: (id, row) => write(() => {
        if (items.delete(id) && row) receipts.set(id, row);
      }),
      gates: () => read(() => ({ ...this.gates })),
      setGate: (key, how) => write(() => {
        const { [key]: before, ...others } = this.gates;
        const gate = how(before);
        this.gates = gate ? { ...others, [key]: gate } : others;
      }),
      erase: () => write(() => items.clear()),
      receipts: () => read(() => [...receipts.values()]),
      draft: () => read(() => undefined),
      saveDraft: () => write(() => undefined),
      dropDraft: () => write(() => undefined),
      pause: () => {},
      resume: () => {},
    };
  }

  // The network

  private answer(item: Item, mode: NetworkMode): { ms: number; outcome: Outcome } {
    const ms = 5 + this.random() * (this.random() < 0.1 ? 5 * second : 80);
    const take = (): Outcome => {
      const before = this.accepted.get(item.id);
      if (before !== undefined && before != item.body) this.fail(`${item.id} came with other words`);
      this.accepted.set(item.id, item.body);
      return { status: before === undefined ? 201 : 200, body: JSON.stringify({ id: item.id, reference: "AE-" + item.id }) };
    };
    if (this.poison.has(item.id)) return { ms, outcome: { status: 500 } };
    switch (mode) {
      case "well": return { ms, outcome: take() };
      case "down": return { ms: 3, outcome: {} };
      case "hangs": return { ms: 15 * second, outcome: this.random() < 0.5 ? {} : (take(), {}) };
      case "503": return { ms, outcome: { status: 503 } };
      case "503 later": return { ms, outcome: { status: 503, retry_after_ms: 7 * second } };
      case "429": return { ms, outcome: { status: 429, retry_after_ms: (1 + Math.floor(this.random() * 40)) * second } };
      case "cut": take(); return { ms, outcome: this.strict ? {} : { status: this.random() < 0.5 ? 201 : undefined } };
      case "half": take(); return { ms, outcome: { status: 200, body: '{"id":"' } };
      // Whoever takes any 2xx for received believes a captive portal; that is what `strict` is for.
      case "captive": return { ms, outcome: this.strict ? { status: 200, body: "<html>Sign in</html>" } : { status: 511 } };
      case "404": this.held.add(item.id); return { ms, outcome: { status: 404 } };
      case "422":
        if (this.random() < 0.5 || this.accepted.has(item.id)) return { ms, outcome: take() };
        this.refused.add(item.id);
        return { ms, outcome: { status: 422, body: '{"detail":"no"}' } };
      case "mixed": return this.answer(item, networkModes[Math.floor(this.random() * 9)]!);
    }
  }

  private send(page: Page, item: Item): Promise<Outcome> {
    this.requests++;
    if (this.submitted.get(item.id)?.body != item.body) this.fail(`${item.id} goes out changed`);
    if (this.now() < page.floor_ms && !this.jumped && !this.damaged && item.endpoint.url == url) {
      this.fail(`${page.name} asks ${page.floor_ms - this.now()} ms before the endpoint's Retry-After`);
    }
    const sent = [...(this.lastSent.get(page.name + item.id) ?? []), this.time].slice(-6);
    this.lastSent.set(page.name + item.id, sent);
    if (sent.length == 6 && sent[5]! - sent[0]! < 2 * second && !this.jumped) this.fail(`${item.id} is hammered`);
    const { ms, outcome } = this.answer(item, this.network);
    this.note(() => `${page.name} sends ${item.id} (${this.network}): ${JSON.stringify(outcome)}`);
    return new Promise((resolve) => {
      this.after(ms, () => {
        if (outcome.retry_after_ms && item.endpoint.url == url) page.floor_ms = Math.max(page.floor_ms, this.now() + outcome.retry_after_ms);
        // Whoever has received something takes the rest too, whatever was asked before.
        if (outcome.status && outcome.status < 300) for (const one of this.pages) one.floor_ms = 0;
        resolve(outcome);
      }, page);
    });
  }

  // Locks

  private lock(page: Page, id: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean> {
    if (!this.hasLocks) return work();
    return new Promise((resolve, reject) => {
      this.after(this.random() * 4, () => {
        const holder = this.locks.get(id);
        if (holder && !steal) return resolve(false);
        holder?.lose(new Error("AbortError"));
        const own: Lock = { page, lose: reject };
        this.locks.set(id, own);
        work().then(resolve, reject).finally(() => {
          if (this.locks.get(id) == own) this.locks.delete(id);
        });
      }, page);
    });
  }

  // Pages

  private open(): Page {
    const page = {
      name: "page " + this.count++, alive: true, frozen: false, visible: this.random() < 0.8, epoch: this.epoch,
      late: [], says: new Map(), floor_ms: 0,
    } as unknown as Page;
    page.outbox = createOutbox({
      store: this.store(page),
      send: (item) => this.send(page, item),
      locks: this.hasLocks,
      lock: (id, steal, work) => this.lock(page, id, steal, work),
      now: () => this.now(),
      random: this.random,
      visible: () => page.visible,
      limit: (work) => !this.slow ? work : new Promise((resolve, reject) => {
        const late = this.after(3 * second, () => reject(new Error("late")), page);
        work.then(resolve, reject).finally(() => this.drop(late));
      }),
      alarm: (ms) => {
        this.drop(page.alarm);
        page.alarm = ms === undefined ? undefined : this.after(ms, () => void page.outbox.drain(), page);
      },
      flag: async (waiting) => {
        this.marked = waiting;
      },
      report: (change) => this.hear(page, change),
    });
    this.pages.push(page);
    this.note(() => `${page.name} opens`);
    if (this.marked) void page.outbox.hint();
    return page;
  }

  /** What a screen says is true at that moment. */
  private hear(page: Page, change: Change): void {
    const { id, state } = change;
    this.note(() => `${page.name} says ${id} ${state}`);
    if (this.submitted.get(id)!.page == page) page.says.set(id, state);
    // Until its next look at the store a page cannot know that it was cleared.
    const safe = page.epoch != this.epoch || this.items.has(id) || this.accepted.has(id) || this.gone.has(id) || this.refused.has(id);
    if (state == "sent" && !this.accepted.has(id)) this.fail(`${page.name} says that ${id} is sent`);
    if (/stored|sending|held|expired/.test(state) && !safe) this.fail(`${page.name} says that ${id} is ${state}, and it is nowhere`);
    if (state == "rejected" && !this.refused.has(id)) this.fail(`${page.name} says that ${id} was refused`);
    // That something is in no store is true of one page alone.
    for (const other of state == "unsaved" || !this.hasChannel ? [] : this.pages) {
      if (other == page || !other.alive) continue;
      this.after(3, () => {
        // A screen shows what its own page handed in.
        if (this.submitted.get(id)!.page == other) other.says.set(id, state);
        other.outbox.heard(change);
      }, other);
    }
  }

  private kill(page: Page): void {
    this.note(() => `${page.name} is killed`);
    page.alive = false;
    page.late = [];
    for (const [id, lock] of this.locks) if (lock.page == page) this.locks.delete(id);
    this.pages = this.pages.filter((one) => one != page);
  }

  private freeze(page: Page): void {
    this.note(() => `${page.name} is frozen`);
    page.frozen = true;
    // A page that is put aside lets go of its locks; one that is only frozen keeps them.
    if (this.random() < 0.5) for (const [id, lock] of this.locks) if (lock.page == page) this.locks.delete(id);
  }

  private thaw(page: Page): void {
    this.note(() => `${page.name} goes on`);
    page.frozen = false;
    for (const event of page.late.splice(0)) this.events.push({ ...event, at: this.time });
    this.after(0, () => void page.outbox.hint(), page);
  }

  // What happens

  private submit(page: Page): void {
    const id = "i" + this.count++;
    const complaint = this.random() < 0.5;
    const body = JSON.stringify({ id, text: "words ".repeat(Math.floor(this.random() * (this.random() < 0.02 ? 8000 : 20))) });
    this.submitted.set(id, { body, page });
    if (this.random() < 0.05) this.poison.add(id);
    this.note(() => `${page.name} submits ${id}`);
    void page.outbox.submit({
      id, kind: complaint ? "complaint" : "rating", reference: complaint ? "AE-" + id : "", body,
      endpoint: { url: this.random() < 0.9 ? url : otherUrl, receipt: this.strict ? "strict" : "status" },
    }).then(({ state }) => {
      if (state == "stored") this.promised.add(id);
    });
  }

  private clear(): void {
    this.note(() => "the browser's data is cleared");
    // What an open page handed in is still in its hands.
    for (const id of this.items.keys()) {
      const { page } = this.submitted.get(id)!;
      if (!page.alive || page.frozen) this.gone.add(id);
      this.promised.delete(id);
    }
    this.items.clear();
    this.receipts.clear();
    this.gates = {};
    // The pages see it at their next look.
    this.reads = this.writes = "well";
    this.epoch++;
  }

  private act(): void {
    if (this.steps-- <= 0) return this.heal();
    const awake = this.pages.filter((page) => !page.frozen);
    const page = awake[Math.floor(this.random() * awake.length)];
    const draw = this.random();
    if (draw < 0.36 && page) this.submit(page);
    else if (draw < 0.46 && page) this.kill(page);
    else if (draw < 0.52) this.open();
    else if (draw < 0.56 && page) this.freeze(page);
    else if (draw < 0.6) this.pages.filter((one) => one.frozen).map((one) => this.thaw(one));
    else if (draw < 0.64 && page) void page.outbox.hint();
    else if (draw < 0.66 && page) void page.outbox.sendNow();
    else if (draw < 0.68) this.jump((this.random() - 0.5) * 2 * (this.random() < 0.3 ? 400 * 24 * hour : hour));
    else if (draw < 0.7) this.sleep(this.random() * 20 * hour);
    else if (draw < 0.78) this.damage();
    else if (draw < 0.79) this.clear();
    else if (draw < 0.8 && page) this.remove(page);
    else this.network = networkModes[Math.floor(this.random() * networkModes.length)]!;
    if (!this.pages.length) this.open();
    this.note(() => `network ${this.network}, reads ${this.reads}, writes ${this.writes}`);
    this.after(this.random() * (this.random() < 0.5 ? 30 : 30 * second), () => this.act());
  }

  private damage(): void {
    const modes: StoreMode[] = ["well", "refuses", "hangs"];
    this.writes = modes[Math.floor(this.random() * 3)]!;
    this.reads = this.random() < 0.7 ? "well" : modes[Math.floor(this.random() * 3)]!;
    this.damaged ||= this.writes != "well" || this.reads != "well";
    this.slow ||= this.writes == "hangs" || this.reads == "hangs";
  }

  private jump(ms: number): void {
    this.note(() => `the clock jumps by ${ms} ms`);
    this.skew += ms;
    this.jumped = true;
  }

  /** The whole device sleeps: everything is late. */
  private sleep(ms: number): void {
    this.time += ms;
    this.jumped = true;
  }

  private remove(page: Page): void {
    const ids = [...this.items.keys()];
    const id = ids[Math.floor(this.random() * ids.length)];
    if (!id) return;
    this.note(() => `${page.name} removes ${id}`);
    this.gone.add(id);
    void page.outbox.remove(id).catch(() => {});
  }

  // How it ends

  private heal(): void {
    this.note(() => "all is well from here");
    this.network = this.reads = this.writes = "well";
    // Now and then the disk stays full until the browser is closed: what was stored goes out all the same.
    if (this.random() < 0.15) {
      this.writes = "refuses";
      this.damaged = true;
    }
    // Some pages never come back while their browser is open; what they hold on to is taken from them.
    for (const page of this.pages) if (page.frozen && this.random() < 0.7) this.thaw(page);
    if (!this.pages.some((page) => !page.frozen)) this.open();
    // A page that nobody sees takes its time; here they come into sight.
    for (const page of this.pages) {
      page.visible = true;
      if (!page.frozen) void page.outbox.hint();
    }
    this.after(5 * minute, () => this.judgePages());
  }

  private judgePages(): void {
    for (const [id, { page }] of this.submitted) {
      if (!page.alive || page.frozen || [this.gone, this.poison, this.accepted, this.held, this.refused].some((some) => some.has(id))) continue;
      const state = page.says.get(id);
      const stored = this.items.get(id)?.state ?? "";
      // Without a channel a page does not hear what another page was told.
      if (/rejected|held|expired/.test(this.hasChannel ? state! : stored)) continue;
      this.fail(`${id} still waits in ${page.name}, which says ${state}; the store says ${this.items.get(id)?.state}`);
    }
    for (const [id, { state }] of this.items) {
      if (this.writes == "well" && (state == "stored" || state == "sending")) {
        if (this.promised.has(id) && ![this.gone, this.poison, this.held, this.refused].some((some) => some.has(id))) this.fail(`${id} is kept back by a page that is frozen`);
      }
    }
    for (const page of this.pages) {
      if (page.frozen || this.writes != "well") continue;
      for (const [id, state] of page.says) {
        const { length } = this.submitted.get(id)!.body;
        if (state == "unsaved" && !this.gone.has(id) && length <= bodyBytesMax) this.fail(`${page.name} still says that ${id} is not saved`);
      }
    }
    for (const page of [...this.pages]) this.kill(page);
    this.writes = "well";
    // By then somebody has repaired whatever held things up.
    this.time += 26 * hour;
    this.open();
    this.after(8 * minute, () => this.judgeAll());
  }

  private judgeAll(): void {
    for (const id of this.promised) {
      if (this.accepted.has(id) || this.gone.has(id)) continue;
      const state = this.items.get(id)?.state;
      if (!state) this.fail(`${id} is lost`);
      if (this.poison.has(id) || state == "rejected" && this.refused.has(id)) continue;
      if (state != "expired" || !this.jumped) this.fail(`${id} is ${state} and was never received`);
    }
    for (const [id, item] of this.items) {
      if (this.accepted.has(id) && !this.gone.has(id) && !this.refused.has(id)) this.fail(`${id} was received and is kept as ${item.state}`);
    }
    this.over = true;
  }
}
