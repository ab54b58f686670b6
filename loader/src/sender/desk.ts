// What a customer's own screens need of the sender: drafts, receipts, files. Not in the sender's file: who only sends what
// waits needs none of it.
import type { Sender } from "../types";
import type { SenderCore } from "./sender";
import { ask, type ReceiptRow, type Store } from "./store";

const relaxed = { durability: "relaxed" } as const;

/** Drafts, and what was received. */
export const keepsakes = ({ run }: Pick<Store, "run">) => ({
  /** Newest first. */
  receipts: (): Promise<ReceiptRow[]> =>
    run("readonly", async (stores) => (await ask<ReceiptRow[]>(stores("receipts").getAll())).sort((a, b) => b.sent_ms - a.sent_ms)),
  draft: (key: string): Promise<string | undefined> => run("readonly", (stores) => ask(stores("drafts").get(key))),
  saveDraft: (key: string, text: string): Promise<void> => run("readwrite", async (stores) => {
    stores("drafts").put(text, key);
  }, relaxed),
  dropDraft: (key: string): Promise<void> => run("readwrite", async (stores) => {
    stores("drafts").delete(key);
  }, relaxed),
});

const isDone = (work: Promise<unknown>): Promise<boolean> => work.then(() => true, () => false);

/** The sender with what screens need. */
export const withDesk = (core: SenderCore): Sender => {
  const kept = keepsakes(core);
  return {
    ...core,
    submit: (entry) => (entry.files ? core.uploads().then((uploads) => uploads.submit(entry)) : core.submit(entry)),
    take: (field, ids, files = [...field.files!]) => core.uploads().then((uploads) => uploads.take(field, ids, files)),
    drop: (id) => void core.uploads().then((uploads) => uploads.drop(id)),
    remove: (id) => isDone(core.remove(id)),
    forget: () => isDone(core.erase()),
    draft: (key) => kept.draft(key).catch(() => undefined),
    saveDraft: (key, text) => isDone(kept.saveDraft(key, text)),
    dropDraft: (key) => kept.dropDraft(key).catch(() => {}),
    receipts: async () => JSON.stringify([...(await core.list()).reverse(), ...(await kept.receipts().catch(() => []))]),
  };
};
