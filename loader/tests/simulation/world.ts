// A whole small world for the sender: tabs on a device (`device.ts`) that are opened, killed, frozen and thawed, a
// customer who hands things in, and what must be true of it all. One seed is one schedule; time passes only here.
import { bodyBytesMax } from "../../src/sender/machine";
import { createOutbox } from "../../src/sender/outbox";
import { inHands } from "../../src/sender/shelf";
import type { Change } from "../../src/types";
import { Broken, Device, hour, minute, networkModes, second, url, otherUrl, type Page, type StoreMode } from "./device";

export { Broken };

export class World extends Device {
  constructor(seed: number, verbose = false) {
    super(seed, verbose);
    this.open();
    if (this.random() < 0.5) this.open();
    this.after(0, () => this.act());
  }

  private open(): Page {
    const page = {
      name: "page " + this.count++, alive: true, frozen: false, visible: this.random() < 0.8, epoch: this.epoch,
      late: [], says: new Map(), floor_ms: 0,
    } as unknown as Page;
    const limit = <T>(work: Promise<T>): Promise<T> => !this.slow ? work : new Promise((resolve, reject) => {
      const late = this.after(3 * second, () => reject(new Error("late")), page);
      work.then(resolve, reject).finally(() => this.drop(late));
    });
    const outbox = createOutbox({
      _store: Object.fromEntries(Object.entries(this.store(page)).map(([name, work]) => [name, (...values: any[]) => limit((work as any)(...values))])) as any,
      _send: (item) => this.send(page, item),
      _locks: this.hasLocks,
      _lock: (id, steal, work) => this.lock(page, id, steal, work),
      _now: () => this.now(),
      _random: this.random,
      _visible: () => page.visible,
            _alarm: (ms) => {
        this.drop(page.alarm);
        page.alarm = ms < Infinity ? this.after(Math.min(Math.max(ms, 0), hour), () => void page.outbox.drain(), page) : undefined;
      },
      _due: ({ v }) => v == 1,
      _others: () => {},
      _flag: async (waiting) => {
        this.marked = waiting;
      },
      _report: (change) => this.hear(page, change),
    });
    page.outbox = { ...outbox, ...inHands(outbox) };
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
    else if (draw < 0.66 && page) this.sendNow(page);
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

  /** All of them, or one by name, whatever became of it. */
  private sendNow(page: Page): void {
    const ids = [undefined, ...this.items.keys()];
    const id = ids[Math.floor(this.random() * ids.length)];
    this.note(() => `${page.name} is asked to send ${id ?? "all"}`);
    void page.outbox.sendNow(id);
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
    // A page that nobody sees asks seldom, and what its endpoint chokes on has its turns as well.
    this.open().visible = true;
    this.after(15 * minute, () => this.judgeAll());
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
