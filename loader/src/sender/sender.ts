// The sender of a page: the outbox wired to this browser. Alive without the widget, and after its death.
import type { Change, Sender } from "../types";
import { hasLocks, withLock } from "./locks";
import { send } from "./network";
import { createOutbox } from "./outbox";
import { openStore } from "./store";

const name = "all-ears";
const pendingKey = name + ":pending";

const made = new Map<string, Sender>();

/** Whether an earlier page view left something to send. */
const isPending = (): boolean => {
  try {
    return !!localStorage.getItem(pendingKey);
  } catch {
    return false;
  }
};

const flag = (waiting: boolean) => {
  try {
    if (waiting) localStorage.setItem(pendingKey, "1");
    else localStorage.removeItem(pendingKey);
  } catch {
    // Without it, what waits is sent when the customer opens the widget again.
  }
};

const create = (database: string): Sender => {
  const store = openStore(database);
  const listeners = new Set<(change: Change) => void>();
  let channel: BroadcastChannel | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watching = false;

  const tell = (change: Change) => {
    for (const listener of [...listeners]) {
      try {
        listener(change);
      } catch {
        // A listener that died, with its WASM perhaps, stops nobody else.
        listeners.delete(listener);
      }
    }
  };

  const outbox = createOutbox({
    store, send, locks: hasLocks(),
    lock: (id, steal, work) => withLock(database + ":" + id, steal, work),
    now: () => Date.now(),
    random: () => Math.random(),
    visible: () => document.visibilityState == "visible",
    alarm(ms) {
      clearTimeout(timer);
      if (ms !== undefined) timer = setTimeout(outbox.drain, ms);
    },
    flag(stored, any) {
      flag(stored);
      watch(any);
    },
    report(change) {
      tell(change);
      // Other pages of the site show the same truth; one of them may have taken the words that this one sent.
      channel?.postMessage(change);
    },
  });

  const wake = () => {
    if (document.visibilityState == "visible") outbox.hint();
  };

  /** Listens to the page only while something waits. */
  const watch = (on: boolean) => {
    if (on == watching) return;
    watching = on;
    const change = on ? "addEventListener" : "removeEventListener";
    for (const event of ["online", "pageshow"]) window[change](event, wake);
    window[change]("pagehide", store.pause);
    window[change]("pageshow", store.resume);
    document[change]("visibilitychange", wake);
    store.resume();
  };

  const listen = () => {
    if (channel || typeof BroadcastChannel != "function") return;
    channel = new BroadcastChannel(database);
    channel.onmessage = (event) => tell(event.data);
  };

  if (isPending()) outbox.drain();

  return {
    submit: outbox.submit,
    drain: () => void outbox.drain(),
    waiting: outbox.waiting,
    forget: outbox.erase,
    subscribe(listener) {
      listeners.add(listener);
      listen();
      return () => {
        listeners.delete(listener);
        if (listeners.size) return;
        channel?.close();
        channel = undefined;
      };
    },
    draft: (key) => store.draft(key).catch(() => undefined),
    saveDraft: (key, text) => store.saveDraft(key, text).then(() => true, () => false),
    dropDraft: (key) => store.dropDraft(key).catch(() => {}),
    receipts: () => store.receipts().then(JSON.stringify, () => "[]"),
  };
};

/** The one sender of this page for a site key. Made without a look at the device, unless something waits there. */
export const createSender = (siteKey = ""): Sender => {
  const database = siteKey ? `${name}:${siteKey}` : name;
  const sender = made.get(database) ?? create(database);
  made.set(database, sender);
  return sender;
};
