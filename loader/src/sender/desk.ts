// What a customer's own screens need of the sender: drafts, files, deleting everything, and by way of `shelf.ts` what lies on
// the device. Not in the sender's file: who only sends what waits needs none of it.
import type { ChangeState, Sender } from "../types";
import type { Item } from "./machine";
import type { SenderCore } from "./sender";
import type { Shelf } from "./shelf";
import { ask, names, type Store, type Stores } from "./store";

/** Drafts of purchases that nobody came back to go after a day, as those that somebody comes back to. */
const draftMsMax = 86_400_000;

/** Deletes drafts by their text. */
const weed = async (stores: Stores, goes: (text: string) => boolean): Promise<void> => {
  const drafts = stores("drafts");
  const [names, texts] = await Promise.all([ask(drafts.getAllKeys()), ask<string[]>(drafts.getAll())]);
  names.forEach((name, at) => goes(texts[at]!) && drafts.delete(name));
};

/** Drafts. What another page wrote meanwhile is written over as well, and handed back to whoever did so. */
export const keepsakes = ({ run }: Pick<Store, "run">) => {
  /** What this page read or wrote last. */
  const seen = new Map<string, string | undefined>();
  return {
    draft: async (key: string): Promise<string | undefined> => {
      const text = await run<string | undefined>("readonly", (stores) => ask(stores("drafts").get(key)));
      seen.set(key, text);
      return text;
    },
    /** Resolves to what it took the place of, where this page had not seen that. */
    saveDraft: (key: string, text: string): Promise<string | undefined> => run("readwrite", async (stores) => {
      const there: string | undefined = await ask(stores("drafts").get(key));
      const unseen = there != seen.get(key);
      // Before it is written: nothing keeps a page that goes from having written.
      await weed(stores, (one) => Date.now() - Date.parse(/"saved_at":"([^"]+)/.exec(one)?.[1] ?? "") > draftMsMax);
      stores("drafts").put(text, key);
      return unseen ? there : undefined;
    }, false, "relaxed").then((unseen) => {
      seen.set(key, text);
      return unseen;
    }),
    /** Resolves to whether it is gone: what another page has written on meanwhile is not this one's to drop. */
    dropDraft: (key: string): Promise<boolean> => run("readwrite", async (stores) => {
      if (seen.has(key) && seen.get(key) != await ask(stores("drafts").get(key))) return false;
      stores("drafts").delete(key);
      seen.delete(key);
      return true;
    }, false, "relaxed"),
    /** What goes on from a submission that was deleted goes with it. */
    dropOf: (id: string): Promise<void> => run("readwrite", (stores) => weed(stores, (text) => text.includes(id))),
    /** Another page let go of those whose names begin like this. Whether this page shows one. */
    lost: (name: string): boolean => [...seen.keys()].filter((key) => key.startsWith(name) && seen.delete(key)).length > 0,
  };
};

/** What deleting everything needs. */
type Held = Pick<SenderCore, "all" | "heard" | "hint" | "inner" | "run"> & {
  extra(): Promise<{ forget(): void } | undefined> | undefined;
};

/** Deletes everything. Rejects when the store would not: then each is deleted as soon as it will. Not on the shelf, because
 *  it is done also where nothing more can be fetched. */
export const erase = async ({ all, heard, hint, inner: [, , , report], run, extra }: Held): Promise<void> => {
  const items: (Item & { after?: string })[] = await all();
  // Not another byte of it goes out; files are found by what they follow as well.
  for (const { kind, ...item } of items) for (const id of [item.id, item.after ?? item.id]) heard({ id, kind, state: "deleted" });
  // What this page alone holds goes as well.
  void extra()?.then((it) => it?.forget());
  await run("readwrite", async (stores) => names.forEach((one) => stores(one).clear()));
  // Other pages let go of it, also the one that handed it in.
  for (const item of items) report(item, "deleted");
  for (const id of ["complaint", "feedback", "rating"]) report({ id, kind: "" } as Item, dropped);
  // The mark that something waits goes.
  void hint();
};

/** What other pages hear of a draft that is gone from the device. */
const dropped = "dropped" as ChangeState;

const isDone = (work: Promise<unknown>): Promise<boolean> => work.then(() => true, () => false);

/** The sender with what screens need. `bring` fetches what is on the shelf. */
export const withDesk = (core: SenderCore, bring: () => Promise<{ createShelf(core: SenderCore): Shelf }>): Sender => {
  const kept = keepsakes(core);
  /** Whose drafts are not those of another page. */
  const own = Math.random() + "";
  /** Other pages hear of drafts by the way that reports take. */
  const tellDraft = (key: string, state: ChangeState) => core.inner[3]({ id: key, kind: own } as Item, state);
  const shelf = () => bring().then((it) => it.createShelf(core));
  return {
    ...core,
    submit: (entry) => (entry.files ? core.uploads().then((uploads) => uploads!.submit(entry)) : core.submit(entry)),
    take: (field, ids, files = [...field.files!]) => core.uploads().then((uploads) => uploads!.take(field, ids, files)),
    drop: (id) => void core.uploads().then((uploads) => uploads?.drop(id)),
    remove: (id) => isDone(kept.dropOf(id).catch(() => {}).then(shelf).then((it) => it.remove(id))),
    forget: () => isDone(erase(core)),
    draft: (key) => kept.draft(key).catch(() => undefined),
    saveDraft: (key, text) => kept.saveDraft(key, text).then((unseen) => {
      tellDraft(key, "draft" as ChangeState);
      return unseen ?? true;
    }, () => false),
    subscribe: (hear) => core.subscribe((change) => {
      if (change.kind != own && (change.state != dropped || kept.lost(change.id))) hear(change);
    }),
    dropDraft: (key) => kept.dropDraft(key).then((gone) => void (gone && tellDraft(key, dropped)), () => {}),
    // Without it what waits goes all the same, as far as its endpoint lets it.
    sendNow: (id) => shelf().then((it) => it.sendNow(id)).catch(core.hint),
    receipts: () => shelf().then((it) => it.told()),
  };
};
