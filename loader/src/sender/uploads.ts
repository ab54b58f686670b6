// Files that go along with a submission: read when they are chosen, stored with it, sent once it is received. The same
// outbox as for submissions, over stores of its own, so that a slow photo holds up no words. Fetched when there are files.
import type { Change, Endpoint, Entry } from "../types";
import { hasLocks, withLock } from "./locks";
import { isWaiting, readReceipt, type Item, type Outcome } from "./machine";
import { send } from "./network";
import { createOutbox } from "./outbox";
import { realm } from "./realm";
import { inHands } from "./shelf";
import { ask, openStore, within, type ReceiptRow, type Store, type Stores } from "./store";

/** What the sender of submissions hands over. */
export interface Core {
  /** Tells this page and others. */
  report(change: Change): void;
  submit(entry: Entry, add?: Store["_add"]): Promise<Change>;
  drain(): Promise<void>;
}

/** A file as it waits: an item of version 2, which the sender of submissions leaves alone. */
export interface FileItem extends Item {
  /** The submission that names it. */
  after: string;
  name: string;
  type: string;
  bytes: number;
  /** What goes with it to an endpoint that has no place of its own for files; nothing, where no file fits in. */
  along?: { words: string; endpoint: Endpoint };
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
const alarmMsMax = 3_600_000;
/** How long the words may take with them. */
const wordsMsMax = 3000;
/** How long one attempt may take: so long in any case, and a second more for each so many bytes, up to what the receiver
 *  gives it. */
const attemptSeconds = 30;
const bytesASecondMin = 4096;
const attemptSecondsMax = 600;
/** First bytes of a file that say what it is. */
const headBytes = 16;

/** Where a file lies: with its submission's others, so that they can be deleted together. */
const keyOf = ({ after, id }: Pick<FileItem, "after" | "id">): string => after + id;

/** Stands for an address: the endpoint itself, whose answer names no other. */
const itself = "form";

/** An address of a receipt, if a file may be put there from this page. */
export const uploadUrl = (receipt: any, base: string): string => {
  try {
    if (receipt.upload_url === undefined) return itself;
    // Without one this throws, as an address that is none does; an empty one would be the page's.
    const url = new URL(receipt.upload_url.trim() || "//", base);
    const own = new URL(base);
    const near = /^(localhost|127\.0\.0\.1|\[::1])$/.test(url.hostname);
    return url.protocol == "https:" || url.origin == own.origin || (url.protocol == "http:" && near) ? url.href : "";
  } catch {
    return "";
  }
};

/** Puts a file once. Never rejects. How much of it has gone is told by nothing that keeps to its address. */
const put = async (item: FileItem, data: ArrayBuffer, abort: AbortController): Promise<Outcome> => {
  const outcome = await send(item, data, abort);
  // What was erased, or sent under another name, is not wanted any more, however often it is tried.
  return outcome.status == 410 ? { ...outcome, status: 422 } : outcome;
};

/** A name in the head of a part, as browsers write it (HTML, "multipart/form-data"). */
const quoted = (name: string) => `"${name.replace(/[\r\n"]/g, encodeURIComponent)}"`;

/** A file as a form that a browser sends: to the endpoint of its words, with the words. The same bytes in every try. Not
 *  by `FormData`: WebKit reads none back that holds a file. */
const asForm = async (file: FileItem, data: ArrayBuffer) => {
  const { words, endpoint } = file.along!;
  const boundary = "all-ears-" + file.id;
  const open = (name: string) => `--${boundary}\r\ncontent-disposition: form-data; name=${quoted(name)}`;
  const fields = endpoint.format == "form" ? [...new URLSearchParams(words)] : [["submission", words]];
  return {
    // Its own time: a photo takes longer than words.
    item: {
      ...file, type: "multipart/form-data; boundary=" + boundary,
      endpoint: { ...endpoint, timeout_seconds: file.endpoint.timeout_seconds },
    },
    data: await new Blob([
      ...[...fields, ["attachment_id", file.id]].map(([name, value]) => `${open(name!)}\r\n\r\n${value}\r\n`),
      `${open("attachment")}; filename=${quoted(file.name)}\r\ncontent-type: ${file.type}\r\n\r\n`, data, `\r\n--${boundary}--\r\n`,
    ]).arrayBuffer(),
  };
};

/** What tests put in place of the browser's own. */
export interface Edges {
  open(lost: () => void): Store;
  put: typeof put;
  locks: boolean;
  lock(id: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean>;
}

const browser = (): Edges => ({
  open: (lost) => openStore(database, storeMsMax, lost), put, locks: hasLocks(), lock: withLock,
});

export const createUploads = (core: Core, { open, put, lock, locks } = browser()) => {
  /** What was chosen in this page, until it has arrived. */
  const chosen = new Map<string, Promise<ArrayBuffer>>();
  /** Where the files of a submission go, once it is received; nothing where the endpoint takes none. */
  const urls = new Map<string, string>();
  /** The files that this page has seen, by id. */
  const seen = new Map<string, FileItem>();
  /** What ends those that are on their way. */
  const flights = new Map<string, AbortController>();

  const store = open(() => outbox.lost());
  // This was fetched because there are files.
  store._watch(1);
  const { run } = store;

  const base = () => globalThis.document?.baseURI ?? "https://localhost/";
  const learn = (id: string, receipt: any) => {
    urls.set(id, uploadUrl(receipt, base()));
  };

  const all = async (stores: Stores): Promise<FileItem[]> => ask(stores("files").getAll());

  const rows = (): Promise<Item[]> => run("readonly", async (stores) => {
    const [files, items, receipts] = await Promise.all([
      all(stores), ask<Item[]>(stores("items").getAll()), ask<ReceiptRow[]>(stores("receipts").getAll()),
    ]);
    for (const { id, after, ...file } of files) {
      seen.set(id, { id, after, ...file });
      const row = receipts.find((one) => one.id == after);
      const waits = items.some((item) => item.id == after && isWaiting(item));
      // Its words go once more, by their customer's wish: it follows them again.
      if (waits && !urls.get(after)) urls.delete(after);
      // Where its words were given back, or are gone without a receipt, there is nobody to send it to: its customer has
      // to know.
      if (row || (!waits && !urls.has(after))) learn(after, row?.receipt);
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
  const add = async (item: Item): Promise<unknown> => {
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
    _store: {
      ...store,
      _read: async () => [await rows(), (await store._read())[1]],
      _add: add,
      _change: (id, how: (before: any) => any, where) => where ? store._change(id, how, where) : store._change<any>(keyOf(seen.get(id)!), (file) => {
        const changed = file && how({ ...file, v: 1 });
        return changed && { ...changed, v: 2 };
      }, "files").then((changed) => changed && { ...changed, v: 1 }),
      _finish: (id) => run("readwrite", async (stores) => {
        const file = seen.get(id);
        if (file) erase(stores, file);
      }),
    },
    async _send(item) {
      const file = item as FileItem;
      const url = urls.get(file.after);
      if (!url || (url == itself && !file.along)) return { status: 415 };
      const read = () => run("readonly", (stores) => ask<ArrayBuffer | undefined>(stores("blobs").get(keyOf(file))));
      const data = await (chosen.get(file.id) ?? read()).catch(() => null);
      // A store that would not be read just now may be read later; what is in none never will be.
      if (!data) return data === null ? {} : { status: 415 };
      const abort = new AbortController();
      flights.set(file.id, abort);
      const one = url == itself ? await asForm(file, data) : {
        item: { ...file, endpoint: { ...file.endpoint, url: url.replace("{id}", file.id).replace("%7Bid%7D", file.id) } }, data,
      };
      const outcome = await put(one.item, one.data, abort).finally(() => flights.delete(file.id));
      // Whoever takes it with its words may answer as to these.
      return url == itself && readReceipt(outcome.body)?.id == file.after ? { ...outcome, body: JSON.stringify({ id: file.id }) } : outcome;
    },
    _lock: lock, _locks: locks,
    _now: () => realm().Date.now(),
    _random: Math.random,
    _visible: () => globalThis.document?.visibilityState != "hidden",
    _alarm: alarm(),
    async _flag() {},
    _report(change) {
      core.report(change);
      const { id, state } = change;
      if (/^(sent|del)/.test(state)) chosen.delete(id);
      // The mark may go, once nothing waits any more.
      if (/^(sent|del|rej|exp)/.test(state)) void core.drain();
    },
    _due: (item) => urls.has((item as FileItem).after),
    _others() {},
  });

  function alarm() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    return (ms: number) => {
      const own = realm();
      own.clearTimeout(timer);
      if (ms < Infinity) timer = own.setTimeout(outbox.drain, Math.min(ms, alarmMsMax)) as any;
    };
  }

  const hands = inHands(outbox);

  /** Its customer deleted it: not another byte goes out. */
  const halt = (id: string) => {
    outbox.heard({ id, kind: "attachment", state: "deleted" });
    flights.get(id)?.abort();
    chosen.delete(id);
  };

  const remove = (id: string): Promise<void> => {
    halt(id);
    return hands.remove(id);
  };

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
    list: hands.list,

    /** Sends one, or those of a submission, whatever became of them. */
    async sendNow(id?: string): Promise<void> {
      for (const file of await outbox.all()) {
        if (id == file.id || id == (file as FileItem).after) await hands.sendNow(file.id);
      }
    },

    remove,

    /** Everything, also what is in this page alone. */
    forget(): void {
      // What the store keeps for now is tried again, and is not called deleted before.
      for (const id of seen.keys()) remove(id).catch(() => {});
      chosen.clear();
    },

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
      const { payload, endpoint } = entry;
      const { receipt, url, format } = endpoint;
      // Where a template, an event or a text is wanted, there is no place for a file.
      const along = format == "form" || (payload === undefined && format != "text") ? { words: payload ?? entry.body, endpoint } : undefined;
      const named: { id: string; name: string; type: string; bytes: number }[] = JSON.parse(entry.body).complaint.attachments;
      const files = named.map((one) => ({
        ...one, kind: "attachment", after: entry.id, body: "", along,
        endpoint: { url: url + "#files", method: "PUT", receipt, timeout_seconds: Math.min(attemptSecondsMax, attemptSeconds + one.bytes / bytesASecondMin) },
      }));
      for (const file of files) seen.set(file.id, file as unknown as FileItem);
      const data = await Promise.all(files.map(({ id }) => chosen.get(id)));
      let stored: (refused?: boolean) => void = () => {};
      const together = new Promise<boolean | undefined>((resolve) => {
        stored = resolve;
      });
      const made: Item[] = [];
      // Each is known to its outbox first: so their rows are there when the words are stored.
      const waiting = files.map((file) => outbox.submit(file, async (item) => {
        made.push(item);
        return (await together) === false ? false : add(item);
      }));
      const change = await core.submit(entry, (item) => within(wordsMsMax, (async () => {
        const joint = (stores: Stores) => made.forEach((one) => {
          const at = files.findIndex(({ id }) => id == one.id);
          if (data[at]) write(stores, one as FileItem, data[at]!);
        });
        const refused = await store._add(item, joint).then(Boolean, () => undefined);
        // What was refused leaves nothing behind; where there is no room for all of it, there may be for the words.
        if (refused) await run("readwrite", async (stores) => made.forEach((one) => erase(stores, one as FileItem)));
        const words = refused ?? await store._add(item).catch(() => true);
        stored(refused);
        return words;
      })()));
      // Words that went before are not stored again.
      stored();
      void Promise.all(waiting).then(core.drain);
      return change;
    },

    /** Something became of a submission or a file, here or in another page. */
    heard(change: Change): void {
      const { id, kind, state, receipt } = change;
      if (state == "deleted") {
        for (const file of seen.values()) if (file.id == id || file.after == id) halt(file.id);
      } else if (kind == "attachment") {
        if (state == "sent") {
          outbox.heard(change);
          chosen.delete(id);
        }
      } else if (/^(sent|rej|exp)/.test(state)) {
        // What is not received by now has no address: its files are given back with it.
        learn(id, receipt ? JSON.parse(receipt) : state == "sent" ? {} : undefined);
        void outbox.drain();
      }
    },
  };
};
