// What a customer's own screens need of the sender: drafts, files, and by way of `shelf.ts` what lies on the device. Not in
// the sender's file: who only sends what waits needs none of it.
import type { Sender } from "../types";
import type { SenderCore } from "./sender";
import type { Shelf } from "./shelf";
import { ask, type Store } from "./store";

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
    forget: () => isDone(shelf().then((it) => it.erase())),
    draft: (key) => kept.draft(key).catch(() => undefined),
    saveDraft: (key, text) => isDone(kept.saveDraft(key, text)),
    dropDraft: (key) => kept.dropDraft(key).catch(() => {}),
    // Without it what waits goes all the same, as far as its endpoint lets it.
    sendNow: (id) => shelf().then((it) => it.sendNow(id)).catch(core.hint),
    receipts: () => shelf().then((it) => it.told()),
  };
};
