// The sender of a page: the outbox wired to this browser. Alive without the widget, and after its death.
import type { BuiltFile, Change } from "../types";
import { hasLocks, withLock } from "./locks";
import { send } from "./network";
import { createOutbox } from "./outbox";
import { listen, realm } from "./realm";
import { ask, openStore, within } from "./store";
import type { Uploads } from "./uploads";

const name = "all-ears";
const pendingKey = name + ":pending";
/** How long the store may take before a customer is told that the words are not saved. */
const storeMsMax = 3000;
const alarmMsMax = 3_600_000;

/** The file that sends files: its name beside this one, and its hash. */
declare const __UPLOADS__: BuiltFile;

/** What is built upon by `desk.ts` and `shelf.ts`. */
export type SenderCore = ReturnType<typeof create>;

let made: SenderCore | undefined;

/** Sets or takes away the mark that something waits; settles when it stands. It is written twice: what a browser keeps
 *  in localStorage is lost when it is killed in the seconds after; the name of a database stays. */
const mark = async (waiting: boolean): Promise<void> => {
  try {
    if (waiting) localStorage[pendingKey] = 1;
    else delete localStorage[pendingKey];
  } catch {
    // No storage; perhaps there are databases.
  }
  const database: IDBDatabase | undefined = await ask(indexedDB[waiting ? "open" : "deleteDatabase"](pendingKey));
  database?.close();
};

const create = (load: (file: BuiltFile) => Promise<any>) => {
  const listeners = new Set<(change: Change) => void>();
  let channel: BroadcastChannel | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether something waits, as was told last, and when that stands. */
  let waits: boolean | undefined;
  let marked: Promise<unknown> | undefined;
  let extra: Promise<Uploads | undefined> | undefined;

  /** What sends files, brought when there are any; nothing, where it did not come. */
  const uploads = (): Promise<Uploads | undefined> => (extra ||= load(__UPLOADS__)
    .then((it) => it.createUploads({ ...outbox, report }))
    .catch(() => (extra = undefined)));

  const store = openStore(name, storeMsMax, () => outbox.lost());

  const tell = (change: Change) => {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch {
        // A listener that died, with its WASM perhaps, stops nobody else.
        listeners.delete(listener);
      }
    }
    void extra?.then((it) => it?.heard(change));
  };

  const report = (change: Change) => {
    tell(change);
    // Other pages of the site show the same truth; one of them may have taken the words that this one sent. That
    // something is in no store is true of this page alone.
    if (change.state != "unsaved") channel?.postMessage(change);
  };

  const isSeen = () => document.visibilityState == "visible";

  const outbox = createOutbox({
    _store: store, _send: send, _locks: hasLocks(),
    _lock: withLock,
    _now: () => realm().Date.now(),
    _random: Math.random,
    _visible: isSeen,
    _alarm(ms) {
      const own = realm();
      own.clearTimeout(timer);
      // No timer is trusted with more: the clock may be set, or the whole device sleep.
      if (ms < Infinity) timer = own.setTimeout(outbox.drain, Math.min(ms, alarmMsMax)) as any;
    },
    async _flag(waiting) {
      if (waiting != waits) {
        store._watch(+waiting - +!!waits);
        waits = waiting;
        tune();
        // Listens to the page only while something waits.
        listen(waiting ? "add" : "remove", "online pageshow visibilitychange", wake);
        marked = within(storeMsMax, mark(waiting));
      }
      await marked?.catch(() => {});
    },
    _report: report,
    _due: (item) => item.v == 1,
    _others: () => void uploads().then((it) => it?.drain()),
  });

  const wake = () => {
    if (isSeen()) void outbox.hint();
  };

  /** Hears other pages while something waits or somebody listens, and only then: a page with an open channel is
   *  kept out of some browsers' back-forward cache. */
  const tune = () => {
    if (!waits && !listeners.size) {
      channel?.close();
      channel = undefined;
    } else if (!channel) {
      channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }) => {
        tell(data);
        outbox.heard(data);
      };
    }
  };

  return {
    ...outbox,
    run: store.run,
    uploads,
    /** The same, if it was brought. */
    extra: () => extra,
    drain: () => void outbox.hint(),
    subscribe(listener: (change: Change) => void) {
      listeners.add(listener);
      tune();
      return () => {
        listeners.delete(listener);
        tune();
      };
    },
  };
};

/** The one sender of this page. Made without a look at the device: whoever makes it has it drain. `load` brings a built
 *  file. */
export const createSender = (load: (file: BuiltFile) => Promise<any>): SenderCore => (made ||= create(load));
