// IndexedDB, and nothing else: what is said to be stored has been written through (`strict`).
import type { Gates, Item } from "./machine";
import { isWaiting, isTooMuch } from "./machine";
import { listen, realm } from "./realm";

/** A complaint's answer, kept so that the customer finds it again. */
export interface ReceiptRow {
  id: string;
  kind: string;
  reference: string;
  sent_ms: number;
  receipt: unknown;
}

export type Stores = (name: string) => IDBObjectStore;
type Run = <T>(
  mode: IDBTransactionMode, work: (stores: Stores) => Promise<T>,
  hasWritten?: boolean, durability?: IDBTransactionDurability,
) => Promise<T>;

export interface Store {
  /** Runs `work` in one transaction and resolves when it is complete. All writes are asked for in one go, after
   *  all reads, and committed without another turn of the page: a page that is put aside (Safari's back-forward
   *  cache) would otherwise keep the transaction open and lock every other page out. */
  run: Run;
  /** Counts what has to go on when the page is put aside and comes back. */
  _watch(more: number): void;
  /** What waits, and the endpoints' gates; files that wait stand among it, in a version that only their own sender
   *  touches. */
  _read(): Promise<[Item[], Gates | undefined]>;
  /** Adds an item, and `also` what belongs to it, in one transaction. Whether it is refused. The same id
   *  again changes nothing. */
  _add(item: Item, also?: (stores: Stores) => void): Promise<unknown>;
  /** Changes an item, or what else has a key, where it stands; `undefined` from `change` leaves all as it is. */
  _change<T = Item>(id: string, change: (before: T | undefined) => T | undefined, where?: string): Promise<T | undefined>;
  /** Deletes a delivered item and keeps its receipt, in one transaction: whoever sends its files needs that. Without one
   *  it rejects for as long as there are such. `null` is its customer's word, and its files go as well. */
  _finish(id: string, row: ReceiptRow | undefined | null): Promise<void>;
}

const openMsMax = 3000;
/** How long a database that would not open is left alone, so that nobody waits for it again and again. */
const shutMs = 10_000;
export const names = "items drafts receipts meta files blobs".split(" ");

export const ask = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** A promise that does not wait for ever. */
export const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const own = realm();
    const timer = own.setTimeout(reject, ms, "late");
    work.then(resolve, reject).finally(() => own.clearTimeout(timer));
  });

/** The store of one name. Opening waits until something is read or written; what takes longer than `ms` rejects. `lost`
 *  hears, in every page and whoever made it anew, when the database is another one than before: its customer, or the
 *  browser, has cleared it. */
export const openStore = (name: string, ms: number, lost = () => {}, factory: () => IDBFactory = () => indexedDB): Store => {
  let handle: Promise<IDBDatabase> | undefined;
  /** Which database was open last. */
  let born: string | undefined;
  let away: Promise<void> | undefined;
  let reasons = 0;
  let back = () => {};
  /** Ends the transactions that are under way. */
  const ends = new Set<() => void>();

  const connect = async (version?: number) => {
    const request = factory().open(name, version);
    request.onupgradeneeded = () => {
      // An empty store, the first in their order, is the database's own name: it stays when all else in it is deleted.
      for (const one of [...names, Math.random() as unknown as string]) {
        if (!request.result.objectStoreNames.contains(one)) request.result.createObjectStore(one);
      }
    };
    // Also one that comes too late makes way for others.
    return within(openMsMax, ask(request).then((db) => {
      db.onversionchange = db.onclose = () => {
        db.close();
        handle = undefined;
      };
      const [own] = db.objectStoreNames;
      if (born && born != own) lost();
      born = own;
      return db;
    }));
  };

  const open = () => (handle ||= connect(2)
    // A later version of ours may have been here (VersionError), or the first try was stuck: once more.
    .catch(() => connect())
    .catch((error) => {
      const own = realm();
      own.setTimeout(() => (handle = undefined), shutMs);
      throw error;
    }));

  /** The page is put aside: until it is back, nothing is begun. */
  const turn = ({ type }: Event) => {
    if (type == "pagehide") {
      for (const end of ends) end();
      away ||= new Promise((resolve) => {
        back = resolve;
      });
    } else {
      away = undefined;
      back();
      watch(0);
    }
  };
  /** Hears of that while something is under way or waits, which is counted, and no longer. */
  const watch = (more: number): void => {
    reasons += more;
    listen(reasons || away ? "add" : "remove", "pagehide pageshow", turn);
  };

  const begin = async (mode: IDBTransactionMode, durability: IDBTransactionDurability) => {
    watch(1);
    // Whatever an earlier or a later version of ours has in it.
    const start = (one: IDBDatabase) => one.transaction([...one.objectStoreNames], mode, { durability });
    const db = await open();
    // A page that is left still runs a little; what it begins then would stay open while it is put aside.
    while (away) await away;
    try {
      return start(db);
    } catch {
      // The browser closed the handle meanwhile: once more.
      handle = undefined;
      return start(await open());
    }
  };

  const run: Run = <T>(mode: IDBTransactionMode, work: (stores: Stores) => Promise<T>, hasWritten = false, durability: IDBTransactionDurability = "strict") =>
    within(ms, begin(mode, durability).then((transaction) => new Promise<T>((resolve, reject) => {
      let result: T;
      const end = (commit = hasWritten) => {
        try {
          transaction[commit ? "commit" : "abort"]();
        } catch {
          // It has ended already.
        }
      };
      const stop = () => end();
      ends.add(stop);
      transaction.oncomplete = transaction.onabort = ({ type }) => {
        ends.delete(stop);
        if (type == "abort") reject(transaction.error ?? type);
        else resolve(result);
      };
      work((one) => transaction.objectStore(one)).then(
        (value) => {
          result = value;
          end(true);
        },
        () => end(false),
      );
    })).finally(() => watch(-1)));

  const all = (stores: Stores, one: string, where?: IDBKeyRange): Promise<any[]> => ask(stores(one).getAll(where));
  return {
    run,
    _watch: watch,
    _read: () => run("readonly", async (stores) => [
      [...await all(stores, "items"), ...await all(stores, "files")], await ask(stores("meta").get("gates")),
    ]),
    _add: (item, also) => run("readwrite", async (stores) => {
      // Asked for before anything is read: a page that goes now has still stored it.
      const put = stores("items").add(item, item.id);
      put.onerror = (event) => event.preventDefault();
      also?.(stores);
      const items: Item[] = await all(stores, "items");
      if (put.error) return put.error.name != "ConstraintError";
      const refused = isTooMuch(items.filter((other) => other.id != item.id), item);
      if (refused) stores("items").delete(item.id);
      return refused;
    }, true),
    _change: (id, change, where = "items") => run("readwrite", async (stores) => {
      const changed = change(await ask(stores(where).get(id)));
      if (changed) stores(where).put(changed, id);
      return changed;
    }),
    _finish: (id, row) => run("readwrite", async (stores) => {
      const its = IDBKeyRange.bound(id, id + "~");
      const [item, files] = await Promise.all([ask(stores("items").get(id)), all(stores, "files", its)]);
      if (row === null) for (const one of ["files", "blobs"]) stores(one).delete(its);
      if (row === undefined && files.some(isWaiting)) throw id;
      stores("items").delete(id);
      // An item that was erased meanwhile leaves no receipt behind.
      if (item && row) stores("receipts").put(row, id);
    }),
  };
};
