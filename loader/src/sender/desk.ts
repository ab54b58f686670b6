// What a customer's own screens need of the sender: drafts, files, deleting everything, and by way of `shelf.ts` what lies on
// the device. Not in the sender's file: who only sends what waits needs none of it.
import type { Sender } from "../types";
import type { Item } from "./machine";
import type { SenderCore } from "./sender";
import type { Shelf } from "./shelf";
import { ask, names, type Store } from "./store";

/** Drafts. */
export const keepsakes = ({ run }: Pick<Store, "run">) => ({
  draft: (key: string): Promise<string | undefined> => run("readonly", (stores) => ask(stores("drafts").get(key))),
  saveDraft: (key: string, text: string): Promise<void> => run("readwrite", async (stores) => {
    stores("drafts").put(text, key);
  }, false, "relaxed"),
  dropDraft: (key: string): Promise<void> => run("readwrite", async (stores) => {
    stores("drafts").delete(key);
  }, false, "relaxed"),
});

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
  // The mark that something waits goes.
  void hint();
};

const isDone = (work: Promise<unknown>): Promise<boolean> => work.then(() => true, () => false);

/** The sender with what screens need. `bring` fetches what is on the shelf. */
export const withDesk = (core: SenderCore, bring: () => Promise<{ createShelf(core: SenderCore): Shelf }>): Sender => {
  const kept = keepsakes(core);
  const shelf = () => bring().then((it) => it.createShelf(core));
  return {
    ...core,
    submit: (entry) => (entry.files ? core.uploads().then((uploads) => uploads!.submit(entry)) : core.submit(entry)),
    take: (field, ids, files = [...field.files!]) => core.uploads().then((uploads) => uploads!.take(field, ids, files)),
    drop: (id) => void core.uploads().then((uploads) => uploads?.drop(id)),
    remove: (id) => isDone(shelf().then((it) => it.remove(id))),
    forget: () => isDone(erase(core)),
    draft: (key) => kept.draft(key).catch(() => undefined),
    saveDraft: (key, text) => isDone(kept.saveDraft(key, text)),
    dropDraft: (key) => kept.dropDraft(key).catch(() => {}),
    // Without it what waits goes all the same, as far as its endpoint lets it.
    sendNow: (id) => shelf().then((it) => it.sendNow(id)).catch(core.hint),
    receipts: () => shelf().then((it) => it.told()),
  };
};
