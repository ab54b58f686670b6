// A device, its endpoint and what lies between them, all of which may fail: the store, the network, the locks, the clock.
// Who uses it, and how it ends, is in `world.ts`.
import { isTooMuch, type Gates, type Item, type Outcome } from "../../src/sender/machine";
import type { Outbox } from "../../src/sender/outbox";
import type { inHands } from "../../src/sender/shelf";
import type { ReceiptRow, Store } from "../../src/sender/store";
import type { ChangeState } from "../../src/types";
import { seeded } from "../random";

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const url = "https://in.example/v1/submissions";
export const otherUrl = "https://other.example/";


export type StoreMode = "well" | "refuses" | "hangs";
export type NetworkMode =
  | "well" | "down" | "hangs" | "503" | "503 later" | "429" | "cut" | "half" | "captive" | "404" | "422" | "mixed";
export const networkModes: NetworkMode[] = [
  "well", "down", "hangs", "503", "503 later", "429", "cut", "half", "captive", "404", "422", "mixed", "well", "down", "mixed",
];

export interface Event {
  at: number;
  page?: Page;
  run(): void;
  /** A transaction that was begun may still be committed when its page is gone. */
  orphan?(): void;
}

export interface Page {
  name: string;
  outbox: Outbox & ReturnType<typeof inHands>;
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

export interface Lock {
  page: Page;
  lose(error: Error): void;
}

/** Where a schedule went wrong. */
export class Broken extends Error {}

export class Device {
  readonly log: string[] = [];
  protected readonly random: () => number;
  protected readonly events: Event[] = [];
  protected time = 1_700_000_000_000;
  protected skew = 0;
  protected jumped = false;
  protected readonly items = new Map<string, Item>();
  protected readonly receipts = new Map<string, ReceiptRow>();
  protected gates: Gates = {};
  protected marked = false;
  protected epoch = 1;
  protected reads: StoreMode = "well";
  protected writes: StoreMode = "well";
  protected network: NetworkMode = "well";
  protected readonly locks = new Map<string, Lock>();
  protected readonly hasLocks: boolean;
  protected readonly hasChannel: boolean;
  protected readonly strict: boolean;
  protected readonly pace: number;
  protected pages: Page[] = [];
  protected count = 0;
  /** The endpoint's rows, by id. */
  readonly accepted = new Map<string, string>();
  readonly refused = new Set<string>();
  /** Met a misconfigured endpoint, and may be left alone for an hour. */
  protected readonly held = new Set<string>();
  protected readonly poison = new Set<string>();
  protected readonly submitted = new Map<string, { body: string; page: Page }>();
  protected readonly promised = new Set<string>();
  /** Gone because their customer said so, or cleared the browser. */
  protected readonly gone = new Set<string>();
  protected steps: number;
  /** The store has hung: only then does anybody need a limit to the waiting. */
  protected slow = false;
  /** The store has failed: from then on each page knows for itself alone what an endpoint has asked for. */
  protected damaged = false;
  requests = 0;
  protected readonly lastSent = new Map<string, number[]>();
  over = false;
  constructor(readonly seed: number, protected readonly verbose = false) {
    this.random = seeded(seed);
    this.hasLocks = this.random() < 0.8;
    this.hasChannel = this.random() < 0.9;
    this.strict = this.random() < 0.7;
    this.pace = [0, 0.6, 0.9, 1, 1][Math.floor(this.random() * 5)]!;
    this.steps = 2 + Math.floor(this.random() * (this.random() < 0.2 ? 14 : 6));
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

  protected note(what: () => string): void {
    if (this.verbose) this.log.push(`${((this.time - 1_700_000_000_000) / 1000).toFixed(3)} ${what()}`);
  }

  /** The first thing that went wrong; an error that is thrown inside the sender may be caught there. */
  broken: string | undefined;

  protected fail(why: string): never {
    this.broken ??= `seed ${this.seed}: ${why}`;
    throw new Broken(this.broken);
  }

  protected after(ms: number, run: () => void, page?: Page, orphan?: () => void): Event {
    const event: Event = { at: this.time + ms, run, page, orphan };
    this.events.push(event);
    return event;
  }

  protected drop(event: Event | undefined): void {
    const at = event ? this.events.indexOf(event) : -1;
    if (at >= 0) this.events.splice(at, 1);
  }

  protected now(): number {
    return this.time + this.skew;
  }

  // The store

  protected operate<T>(page: Page, kind: "reads" | "writes", apply: () => T): Promise<T> {
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

  protected store(page: Page): Store {
    const read = <T>(apply: () => T) => this.operate(page, "reads", apply);
    const write = <T>(apply: () => T) => this.operate(page, "writes", apply);
    const { items, receipts } = this;
    return {
      _watch() {},
      _read: () => read(() => [[...items.values()].map((item) => ({ ...item })), { ...this.gates }]),
      _add: (item) => write(() => {
        if (items.has(item.id)) return false;
        const why = isTooMuch([...items.values()], item);
        if (!why) items.set(item.id, item);
        return why;
      }),
      _change: (id, how: (before: any) => any, where) => write(() => {
        const changed = how(where ? this.gates : items.get(id));
        if (changed && where) this.gates = changed;
        else if (changed) items.set(id, changed);
        return changed;
      }),
      _finish: (id, row) => write(() => {
        if (items.delete(id) && row) receipts.set(id, row);
      }),
      run: () => Promise.reject(new Error("not here")),
    };
  }

  // The network

  protected answer(item: Item, mode: NetworkMode): { ms: number; outcome: Outcome } {
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

  protected send(page: Page, item: Item): Promise<Outcome> {
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

  protected lock(page: Page, id: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean> {
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
}
