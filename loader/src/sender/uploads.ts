// Files that go along with a submission: read when they are chosen, stored with it, sent once it is received. The same
// outbox as for submissions, over stores of its own, so that a slow photo holds up no words. Fetched when there are files.
import type { Change, Entry } from "../types";
import { hasLocks, withLock } from "./locks";
import { timeoutMs, type Item, type Outcome } from "./machine";
import { readRetryAfter } from "./network";
import { createOutbox } from "./outbox";
import { realm } from "./realm";
import { ask, openStore, within, type ReceiptRow, type Store, type Stores } from "./store";

/** What the sender of submissions hands over. */
export interface Core {
  /** Tells this page; `report` tells other pages as well. */
  tell(change: Change): void;
  report(change: Change): void;
  submit(entry: Entry, add?: Store["add"]): Promise<Change>;
  drain(): Promise<void>;
}

/** A file as it waits: an item of version 2, which the sender of submissions leaves alone. */
export interface FileItem extends Item {
  /** The submission that names it. */
  after: string;
  type: string;
  bytes: number;
}

export type Uploads = ReturnType<typeof createUploads>;

const database = "all-ears";
/** Bytes of files that may wait on a device. More are refused, visibly, and sent while the page stays open. */
const bytesMax = 100 * 1024 * 1024;
/** A larger file is not read: its submission may not name it. */
const fileBytesMax = 10 * 1024 * 1024;
/** How long reading a file may take; one that lies in somebody's cloud may never come. */
const readMsMax = 20_000;
/** How long the store may take: a handful of photos is more to write than words. */
const storeMsMax = 15_000;
/** How long one attempt may take, and how long it may stand still. */
const attemptSecondsMax = 600;
const stillMsMax = 30_000;
/** How often progress is told. */
const toldMsMin = 200;
/** First bytes of a file that say what it is. */
const headBytes = 16;

/** Where a file lies: with its submission's others, so that they can be deleted together. */
const keyOf = ({ after, id }: Pick<FileItem, "after" | "id">): string => after + id;

/** An address of a receipt, if a file may be put there from this page. */
export const uploadUrl = (receipt: any, base: string): string => {
  try {
    // Without one this throws, as an address that is none does.
    const url = new URL(receipt.upload_url.trim(), base);
    const own = new URL(base);
    const near = /^(localhost|127\.0\.0\.1|\[::1])$/.test(url.hostname);
    return url.protocol == "https:" || url.origin == own.origin || (url.protocol == "http:" && near) ? url.href : "";
  } catch {
    return "";
  }
};

/** Puts a file once. Never rejects. */
export const put = (url: string, { type, endpoint }: FileItem, data: ArrayBuffer, progress: (percent: number) => void): Promise<Outcome> =>
  new Promise((resolve) => {
    const own = realm();
    const request = new own.XMLHttpRequest();
    let still: ReturnType<typeof setTimeout>;
    let told = 0;
    const moved = () => {
      own.clearTimeout(still);
      still = own.setTimeout(() => request.abort(), stillMsMax);
    };
    const end = (outcome: Outcome) => {
      own.clearTimeout(still);
      resolve(outcome);
    };
    request.open("PUT", url);
    request.setRequestHeader("content-type", type);
    request.timeout = timeoutMs(endpoint);
    request.upload.onprogress = ({ loaded, total }) => {
      moved();
      if (own.Date.now() - told < toldMsMin) return;
      told = own.Date.now();
      progress(Math.floor((100 * loaded) / total));
    };
    request.onload = () => {
      const { responseText: body, responseURL } = request;
      // Whoever led it elsewhere has not taken it.
      const status = responseURL && responseURL != new URL(url, location.href).href ? 302 : request.status;
      const waits = status == 429 || status == 503;
      const headers = { get: (name: string) => request.getResponseHeader(name) } as Headers;
      // What was erased, or sent under another name, is not wanted any more, however often it is tried.
      end({ status: status == 410 ? 422 : status, body, retry_after_ms: waits ? readRetryAfter(headers, own.Date.now()) : undefined });
    };
    request.onerror = request.onabort = request.ontimeout = () => end({});
    moved();
    request.send(data);
  });

/** What tests put in place of the browser's own. */
export interface Edges {
  open(lost: () => void): Store;
  send: typeof put;
  locks: boolean;
  lock(id: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean>;
}

const browser = (): Edges => ({
  open: (lost) => openStore(database, undefined, lost), send: put, locks: hasLocks(), lock: (id, steal, work) => withLock(database + ":" + id, steal, work),
});

export const createUploads = (core: Core, { open, send, lock, locks } = browser()) => {
  /** What was chosen in this page, until it has arrived. */
  const chosen = new Map<string, Promise<ArrayBuffer>>();
  /** Where the files of a submission go, once it is received; nothing where the endpoint takes none. */
  const urls = new Map<string, string>();
  /** The files that this page has seen, by id. */
  const seen = new Map<string, FileItem>();

  const store = open(() => outbox.lost());
  const { run } = store;

  const base = () => globalThis.document?.baseURI ?? "https://localhost/";
  const learn = (id: string, receipt: any) => {
    urls.set(id, uploadUrl(receipt, base()));
  };

  const all = async (stores: Stores): Promise<FileItem[]> => ask(stores("files").getAll());

  const rows = (): Promise<Item[]> => run("readonly", async (stores) => {
    const [files, waiting, receipts] = await Promise.all([
      all(stores), ask(stores("items").getAllKeys()), ask<ReceiptRow[]>(stores("receipts").getAll()),
    ]);
    for (const file of files) {
      seen.set(file.id, file);
      const row = receipts.find(({ id }) => id == file.after);
      // With neither its submission nor a receipt there is nobody to send it to: its customer has to know.
      if (row || (!waiting.includes(file.after) && !urls.has(file.after))) learn(file.after, row?.receipt);
    }
    return files.map((file) => ({ ...file, v: 1 }));
  });

  const write = (stores: Stores, file: FileItem, data: ArrayBuffer) => {
    stores("files").put({ ...file, v: 2 }, keyOf(file));
    stores("blobs").put(data, keyOf(file));
  };

  const erase = (stores: Stores, file: FileItem) => {
    for (const one of ["files", "blobs"]) stores(one).delete(keyOf(file));
  };

  /** A file never stands in the store without what names it. */
  const add = async (item: Item): Promise<string | undefined> => {
    const file = item as FileItem;
    const data = await chosen.get(file.id);
    if (!data) return "unreadable";
    return run("readwrite", async (stores) => {
      const [files, named] = await Promise.all([all(stores), Promise.all(["items", "receipts"].map((one) => ask(stores(one).count(file.after))))]);
      if (!named.some((count) => count)) return "waits for its words";
      if (files.reduce((sum, { bytes }) => sum + bytes, file.bytes) > bytesMax) return "full";
      write(stores, file, data);
      return undefined;
    });
  };

  const outbox = createOutbox({
    store: {
      ...store,
      items: rows,
      add,
      change: (id, how) => run("readwrite", async (stores) => {
        const key = keyOf(seen.get(id)!);
        const file = await ask<FileItem | undefined>(stores("files").get(key));
        const changed = file && how({ ...file, v: 1 });
        if (changed) stores("files").put({ ...changed, v: 2 }, key);
        return changed;
      }),
      finish: (id) => run("readwrite", async (stores) => {
        const file = seen.get(id);
        if (file) erase(stores, file);
      }),
    },
    async send(item) {
      const file = item as FileItem;
      const url = urls.get(file.after);
      if (!url) return { status: 415 };
      const read = () => run("readonly", (stores) => ask<ArrayBuffer | undefined>(stores("blobs").get(keyOf(file))));
      const data = await (chosen.get(file.id) ?? read()).catch(() => undefined);
      if (!data) return { status: 415 };
      const told = (percent: number) => core.tell({ id: file.id, kind: file.kind, state: "sending", percent });
      return send(url.replace("{id}", file.id).replace("%7Bid%7D", file.id), file, data, told);
    },
    lock, locks,
    now: () => realm().Date.now(),
    random: Math.random,
    visible: () => globalThis.document?.visibilityState != "hidden",
    limit: (work) => within(storeMsMax, work),
    alarm: alarm(),
    async flag() {},
    report(change) {
      core.report(change);
      if (change.state != "sent" && change.state != "deleted") return;
      chosen.delete(change.id);
      // The mark may go, once nothing waits any more.
      void core.drain();
    },
    due: (item) => urls.has((item as FileItem).after),
  });

  function alarm() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return (ms: number | undefined) => {
      const own = realm();
      own.clearTimeout(timer);
      if (ms !== undefined) timer = own.setTimeout(outbox.drain, ms) as any;
    };
  }

  globalThis.addEventListener?.("pagehide", store.pause);
  globalThis.addEventListener?.("pageshow", store.resume);

  const head = (data: ArrayBuffer): string => String.fromCharCode(...new Uint8Array(data.slice(0, headBytes)));

  const look = async (id: string, file: File) => {
    const { name, size: bytes } = file;
    if (bytes > fileBytesMax) return { id, name, bytes };
    const data = within(readMsMax, file.arrayBuffer());
    chosen.set(id, data);
    // As many bytes as were promised, or it is another file by now.
    return { id, name, bytes, head: await data.then((read) => (read.byteLength == bytes ? head(read) : undefined), () => undefined) };
  };

  return {
    drain: outbox.drain,

    async take(field: HTMLInputElement, ids: string, files: File[]): Promise<string> {
      // The same file may be chosen again.
      field.value = "";
      return JSON.stringify(await Promise.all(ids.trim().split(" ").map((id, at) => look(id, files[at]!))));
    },

    drop(id: string): void {
      chosen.delete(id);
    },

    /** Hands a submission over with its files: all of it in one transaction, or the words first and what fits. */
    async submit(entry: Entry): Promise<Change> {
      const { credentials, receipt, url } = entry.endpoint;
      const named: { id: string; name: string; type: string; bytes: number }[] = JSON.parse(entry.body).complaint.attachments;
      const files = named.map((one) => ({
        ...one, kind: "attachment", after: entry.id, body: "",
        endpoint: { url: url + "#files", method: "PUT", credentials, receipt, timeout_seconds: attemptSecondsMax },
      }));
      for (const file of files) seen.set(file.id, file as unknown as FileItem);
      const data = await Promise.all(files.map(({ id }) => chosen.get(id)));
      let stored: (why: string | undefined) => void = () => {};
      const together = new Promise<string | undefined>((resolve) => {
        stored = resolve;
      });
      const made: Item[] = [];
      // Each is known to its outbox first: so their rows are there when the words are stored.
      const waiting = files.map((file) => outbox.submit(file, async (item) => {
        made.push(item);
        return (await together) === "" ? undefined : add(item);
      }));
      const change = await core.submit(entry, async (item) => {
        const joint = (stores: Stores) => made.forEach((one) => {
          const at = files.findIndex(({ id }) => id == one.id);
          if (data[at]) write(stores, one as FileItem, data[at]!);
        });
        const why = await store.add(item, joint).then((refused) => (refused ? refused : ""), () => undefined);
        // What was refused leaves nothing behind; where there is no room for all of it, there may be for the words.
        if (why) await run("readwrite", async (stores) => made.forEach((one) => erase(stores, one as FileItem)));
        const words = why === undefined ? await store.add(item).catch(String) : why || undefined;
        stored(why);
        return words;
      });
      void Promise.all(waiting).then(core.drain);
      return change;
    },

    /** Something became of a submission or a file, here or in another page. */
    heard(change: Change): void {
      const { id, kind, state, receipt } = change;
      if (kind == "attachment" || (state == "deleted" && seen.has(id))) {
        if (state == "sent" || state == "deleted") outbox.heard(change);
      } else if (state == "deleted") {
        for (const file of seen.values()) if (file.after == id) outbox.heard({ ...change, id: file.id });
      } else if (receipt) {
        learn(id, JSON.parse(receipt));
        void outbox.drain();
      }
    },
  };
};
