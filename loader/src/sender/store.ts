// IndexedDB, and nothing else: what is said to be stored has been written through (`strict`).
import type { Gate, Gates, Item } from "./machine";
import { refusal } from "./machine";

/** A complaint's answer, kept so that the customer finds it again. */
export interface ReceiptRow {
  id: string;
  kind: string;
  reference: string;
  sent_ms: number;
  receipt: unknown;
}

export interface Store {
  items(): Promise<Item[]>;
  /** Adds an item; `undefined` when stored, otherwise why it is refused. The same id again changes nothing. */
  add(item: Item): Promise<string | undefined>;
  /** Changes an item where it stands; `undefined` from `change`, or a missing item, leaves all as it is. */
  change(id: string, change: (item: Item) => Item | undefined): Promise<Item | undefined>;
  /** Deletes a delivered item and keeps its receipt, in one transaction. */
  finish(id: string, row: ReceiptRow | undefined): Promise<void>;
  gates(): Promise<Gates>;
  setGate(url: string, gate: Gate | undefined): Promise<void>;
  receipts(): Promise<ReceiptRow[]>;
  draft(key: string): Promise<string | undefined>;
  saveDraft(key: string, text: string): Promise<void>;
  dropDraft(key: string): Promise<void>;
  erase(): Promise<void>;
}

const openMsMax = 3000;
/** The oldest receipts beyond make room; the company keeps its own. */
const receiptsMax = 20;
const receiptMsMax = 90 * 86_400_000;
const names = ["items", "drafts", "receipts", "meta"];

const ask = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A promise that does not wait for ever. */
export const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(reject, ms, "late");
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

/** The store of one name. Opening waits until something is read or written. */
export const openStore = (name: string, factory: () => IDBFactory = () => indexedDB): Store => {
  let handle: Promise<IDBDatabase> | undefined;

  const connect = (version?: number) =>
    within(openMsMax, new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory().open(name, version);
      request.onupgradeneeded = () => {
        for (const one of names) {
          if (!request.result.objectStoreNames.contains(one)) request.result.createObjectStore(one);
        }
      };
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const db = request.result;
        const drop = () => {
          db.close();
          handle = undefined;
        };
        db.onversionchange = db.onclose = drop;
        resolve(db);
      };
    }));

  const open = () =>
    (handle ||= connect(1)
      // A later version of ours may have been here (VersionError), or the first try was stuck: once more.
      .catch(() => connect())
      .catch((error) => {
        handle = undefined;
        throw error;
      }));

  const begin = async (mode: IDBTransactionMode, durability: IDBTransactionDurability) => {
    try {
      return (await open()).transaction(names, mode, { durability });
    } catch {
      // The browser closed the handle meanwhile: once more.
      handle = undefined;
      return (await open()).transaction(names, mode, { durability });
    }
  };

  type Stores = (name: string) => IDBObjectStore;

  /** Runs `work` in one transaction and resolves when it is complete. */
  const run = async <T>(
    mode: IDBTransactionMode, work: (stores: Stores) => Promise<T>, durability: IDBTransactionDurability = "strict",
  ): Promise<T> => {
    const transaction = await begin(mode, durability);
    return new Promise<T>((resolve, reject) => {
      let result: T;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
      work((one) => transaction.objectStore(one)).then((value) => (result = value), reject);
    });
  };

  const read = <T>(work: (stores: Stores) => Promise<T>) => run("readonly", work, "default");
  const all = (stores: Stores, one: string): Promise<any[]> => ask(stores(one).getAll());

  return {
    items: () => read((stores) => all(stores, "items")),
    add: (item) => run("readwrite", async (stores) => {
      const items: Item[] = await all(stores, "items");
      if (items.some((other) => other.id == item.id)) return undefined;
      const why = refusal(items, item);
      if (!why) await ask(stores("items").put(item, item.id));
      return why;
    }),
    change: (id, change) => run("readwrite", async (stores) => {
      const item = await ask<Item | undefined>(stores("items").get(id));
      const changed = item && change(item);
      if (changed) await ask(stores("items").put(changed, id));
      return changed;
    }),
    finish: (id, row) => run("readwrite", async (stores) => {
      // An item that was erased meanwhile leaves no receipt behind.
      if (!(await ask(stores("items").get(id)))) return;
      await ask(stores("items").delete(id));
      if (!row) return;
      const rows: ReceiptRow[] = [...(await all(stores, "receipts")), row].sort((a, b) => b.sent_ms - a.sent_ms);
      await ask(stores("receipts").put(row, id));
      for (const [at, old] of rows.entries()) {
        if (at >= receiptsMax || row.sent_ms - old.sent_ms > receiptMsMax) await ask(stores("receipts").delete(old.id));
      }
    }),
    gates: () => read(async (stores) => (await ask(stores("meta").get("gates"))) ?? {}),
    setGate: (url, gate) => run("readwrite", async (stores) => {
      const { [url]: _, ...gates }: Gates = (await ask(stores("meta").get("gates"))) ?? {};
      await ask(stores("meta").put(gate ? { ...gates, [url]: gate } : gates, "gates"));
    }, "relaxed"),
    receipts: () => read(async (stores) => (await all(stores, "receipts")).sort((a, b) => b.sent_ms - a.sent_ms)),
    draft: (key) => read((stores) => ask(stores("drafts").get(key))),
    saveDraft: (key, text) => run("readwrite", async (stores) => void (await ask(stores("drafts").put(text, key))), "relaxed"),
    dropDraft: (key) => run("readwrite", async (stores) => void (await ask(stores("drafts").delete(key))), "relaxed"),
    erase: () => run("readwrite", async (stores) => {
      for (const one of names) await ask(stores(one).clear());
    }),
  };
};
