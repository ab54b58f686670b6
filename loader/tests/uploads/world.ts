// A device with an IndexedDB in memory, pages that send submissions and files and may die at any time, and an endpoint
// for both that may fail.
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { withDesk } from "../../src/sender/desk";
import type { Item, Outcome } from "../../src/sender/machine";
import { createOutbox } from "../../src/sender/outbox";
import { createShelf } from "../../src/sender/shelf";
import { openStore, type Store } from "../../src/sender/store";
import { createUploads, type FileItem, type Uploads } from "../../src/sender/uploads";
import type { Change, Entry } from "../../src/types";

Object.assign(globalThis, { IDBKeyRange });

export const url = "https://in.example/v1/submissions";
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout } = globalThis;
const realNow = Date.now;

/** Time that passes only when it is told to. */
export const clock = {
  now: 0, count: 0,
  timers: new Map<number, { at: number; run(): void }>(),
  start(): void {
    Object.assign(clock, { now: 1_700_000_000_000, timers: new Map() });
    Object.assign(globalThis, {
      setTimeout: (work: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
        clock.timers.set(++clock.count, { at: clock.now + ms, run: () => work(...values) });
        return clock.count;
      },
      clearTimeout: (id: number) => void clock.timers.delete(id),
    });
    Date.now = () => clock.now;
  },
  stop(): void {
    Object.assign(globalThis, { setTimeout: realSetTimeout, clearTimeout: realClearTimeout });
    Date.now = realNow;
  },
  pass(ms: number): void {
    clock.now += ms;
    for (const [id, { at, run }] of [...clock.timers]) {
      if (at > clock.now || !clock.timers.delete(id)) continue;
      run();
    }
  },
};

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
export const settle = async (turns = 60) => {
  for (let at = 0; at < turns; at++) await turn();
};

export type Network = "well" | "down" | "cut" | "503" | "422" | "410";

export class World {
  readonly factory = new IDBFactory() as unknown as globalThis.IDBFactory;
  network: Network = "well";
  /** Where its receipts say that files go: to a place of their own, nowhere, or, by not saying it, where the words went. */
  takesFiles: "apart" | "nowhere" | "with words" = "apart";
  /** What the endpoint has, by id. */
  readonly submissions = new Map<string, string>();
  readonly files = new Map<string, string>();
  readonly broken: string[] = [];
  puts = 0;
  /** What pages have read of chosen files, for as long as any of them holds on to it. */
  readonly held: WeakRef<ArrayBuffer>[] = [];
  /** What becomes of a file that is in the middle of its way. */
  slow?: (abort: AbortController) => Promise<Outcome>;
  private readonly locks = new Set<string>();

  constructor(readonly random: () => number = () => 0.5) {}

  receive(item: Item): Outcome {
    const { network } = this;
    if (network == "down") return {};
    if (network == "503") return { status: 503 };
    if (network == "422" || network == "410") return { status: 422 };
    this.submissions.set(item.id, item.body);
    if (network == "cut") return {};
    const upload_url = { apart: `https://in.example/files/${item.id}/{id}?secret=1`, nowhere: null, "with words": undefined }[this.takesFiles];
    return { status: 201, body: JSON.stringify({ id: item.id, reference: "AE-" + item.id, upload_url }) };
  }

  /** Looks at what comes before it is answered. */
  async read(_file: FileItem, _data: ArrayBuffer): Promise<void> {}

  put(address: string, file: FileItem, data: ArrayBuffer): Outcome {
    this.puts++;
    if (!this.submissions.has(file.after)) this.broken.push(`${file.id} came before its words`);
    if (address != `https://in.example/files/${file.after}/${file.id}?secret=1`) this.broken.push(`${file.id} went to ${address}`);
    const { network } = this;
    if (network == "down") return {};
    if (network == "503") return { status: 503 };
    if (network == "422" || network == "410") return { status: 422 };
    const said = new TextDecoder().decode(data);
    if ((this.files.get(file.id) ?? said) != said) this.broken.push(`${file.id} came with other bytes`);
    this.files.set(file.id, said);
    return network == "cut" ? {} : { status: 201, body: JSON.stringify({ id: file.id }) };
  }

  /** A page; what sends files does not come where `brings` says so. */
  open(brings = true) {
    const world = this;
    const changes: Change[] = [];
    const connections: IDBDatabase[] = [];
    const held: string[] = [];
    let alive = true;
    let refuses = (_: string): boolean => false;
    const never = () => new Promise<any>(() => {});
    // A page that is gone begins nothing any more; what it has begun may yet be committed.
    const factory = () => new Proxy(world.factory, {
      get: (target, name) => name != "open" ? Reflect.get(target, name) : (...values: [string, number]) => {
        if (!alive) return {};
        const request = target.open(...values);
        request.addEventListener("success", () => connections.push(request.result));
        return request;
      },
    });
    /** A store without room for words and files together, for files, for words. */
    const careful = (store: Store): Store => ({
      ...store,
      run: (mode, work, how) => (mode == "readwrite" && refuses("file") ? Promise.reject(new Error("QuotaExceededError")) : store.run(mode, work, how)),
      _finish: (id, row) => (row && refuses("receipt") ? Promise.reject(new Error("QuotaExceededError")) : store._finish(id, row)),
      _add: (item, also) => (refuses(also ? "both" : "words") ? Promise.reject(new Error("QuotaExceededError")) : store._add(item, also)),
    });
    const store = careful(openStore("all-ears", 60_000, () => outbox.lost(), factory));
    const lock = async (id: string, work: () => Promise<boolean>) => {
      if (!alive) return never();
      if (world.locks.has(id)) return false;
      world.locks.add(id);
      held.push(id);
      return work().finally(() => alive && world.locks.delete(id));
    };
    let uploads: Uploads | undefined;
    const bring = () => (uploads ??= createUploads({ report: tell, submit: outbox.submit, drain: outbox.drain }, {
      open: (lost) => careful(openStore("all-ears", 60_000, lost, factory)),
      put: async (file, data, abort) => {
        await turn();
        if (!alive) return never();
        if (abort.signal.aborted) return {};
        if (world.slow) return world.slow(abort);
        await world.read(file, data);
        const outcome = world.put(file.endpoint.url, file, data);
        await turn();
        return alive ? outcome : never();
      },
      locks: true,
      lock: (id, _, work) => lock(id, work),
    }));
    const tell = (change: Change) => {
      if (!alive) return;
      changes.push(change);
      uploads?.heard(change);
    };
    let timer: any;
    let waits = false;
    const outbox = createOutbox({
      _store: store,
      _send: async (item) => {
        await turn();
        if (!alive) return never();
        const outcome = world.receive(item);
        await turn();
        return alive ? outcome : never();
      },
      _lock: (id, _, work) => lock(id, work),
      _locks: true, _now: () => Date.now(), _random: world.random, _visible: () => true,
      _alarm: (ms) => {
        clearTimeout(timer);
        if (ms < Infinity && alive) timer = setTimeout(outbox.drain, ms);
      },
      _flag: async (waiting) => {
        waits = waiting;
      },
      _report: tell,
      _due: ({ v }) => v == 1,
      _others: () => void (brings && bring().drain()),
    });
    const core = {
      ...outbox, run: store.run, extra: () => uploads && Promise.resolve(uploads),
      uploads: async () => (brings ? bring() : undefined),
    };
    const shelf = createShelf(core);
    return {
      outbox, shelf, changes, bring,
      /** What screens have; where nothing more can be fetched, without what is on the shelf. */
      desk: () => withDesk({ ...core, drain: () => {}, subscribe: () => () => {} }, async () => {
        if (!brings) throw new TypeError("Failed to fetch");
        return { createShelf };
      }),
      /** Whether it has told the next page view to look. */
      waits: () => waits,
      refuse: (how: (what: string) => boolean) => (refuses = how),
      /** Chooses files and hands them in with words. */
      async complain(id: string, files: [id: string, content: string, name?: string][], more: Partial<Entry> = {}): Promise<Change> {
        const uploads = bring();
        const field = { value: "C:\\fakepath\\boot.jpg" } as HTMLInputElement;
        const chosen = files.map(([one, content, name = one + ".jpg"]) => {
          const file = new File([content], name);
          const arrayBuffer = async () => {
            const data = await new Response(file).arrayBuffer();
            world.held.push(new WeakRef(data));
            return data;
          };
          return Object.assign(file, { arrayBuffer });
        });
        await uploads.take(field, files.map(([one]) => one + " ").join(""), chosen);
        const attachments = files.map(([one, content, name = one + ".jpg"]) => ({ id: one, name, type: "image/jpeg", bytes: content.length }));
        const body = JSON.stringify({ id, complaint: { text: "It came off.", attachments } });
        const entry: Entry = { id, kind: "complaint", reference: "AE-" + id, endpoint: { url, receipt: "strict" }, body, files: true, ...more };
        return uploads.submit(entry);
      },
      last: (id: string) => changes.filter((change) => change.id == id).at(-1)?.state,
      /** The page goes without a word; the browser gives its locks back and closes its connections. */
      die() {
        alive = false;
        clearTimeout(timer);
        for (const one of connections) one.close();
        for (const one of held) world.locks.delete(one);
      },
    };
  }

  /** Somebody clears the browser's data, under the pages that are open. */
  async clear(): Promise<void> {
    const gone = this.factory.deleteDatabase("all-ears");
    await new Promise((resolve) => (gone.onsuccess = resolve));
  }

  /** What lies in a store of the device. */
  async stored(name: string): Promise<any[]> {
    const store = openStore("all-ears", 60_000, undefined, () => this.factory);
    return store.run("readonly", (stores) => new Promise((resolve) => {
      const request = stores(name).getAll();
      request.onsuccess = () => resolve(request.result);
    }));
  }
}

/** Lets time pass. */
export const pass = async (ms: number, step = 10_000) => {
  for (let passed = 0; passed < ms; passed += step) {
    clock.pass(step);
    await settle(40);
  }
};
