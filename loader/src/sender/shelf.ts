// What a customer does with what lies on the device: looks at it, has it sent, deletes one of it. And what becomes
// of old receipts. Not in the sender's file: nothing that protects a submission waits for this.
import type { ChangeState } from "../types";
import { free, type Item } from "./machine";
import type { Outbox } from "./outbox";
import type { SenderCore } from "./sender";
import { ask, type ReceiptRow, type Stores } from "./store";

/** The oldest receipts beyond make room; the company keeps its own. */
const receiptsMax = 20;
const receiptMsMax = 90 * 86_400_000;

/** An item as the customer's own view shows it. */
export type Waiting = Omit<Item, "state"> & { state: ChangeState };

/** The item as its customer wants it sent: what was refused or is past its age is tried once more, from the start. */
const revive = (item: Item): Item | undefined =>
  item.state == "sending" ? undefined : { ...item, state: "stored", not_before_ms: 0, late_ms: 0 };

/** An outbox in its customer's hands. */
export const inHands = (outbox: Omit<Outbox, "drain">) => {
  const { all, hint, inner: [change, discard, letGo, report, shown] } = outbox;
  return {
    /** What is held goes as well; the one that is named goes even if it was refused or is past its age. What the
     *  endpoint asked for stays. */
    async sendNow(id?: string): Promise<void> {
      for (const item of await all()) {
        const freed = item.id == id ? revive : item.state == "held" && free;
        const changed = freed && await change(item, freed);
        if (changed && freed == revive) report(changed, "stored");
      }
      return hint();
    },

    /** Everything that has not been received, oldest first, with the words. */
    list: async (): Promise<Waiting[]> =>
      (await all()).sort((a, b) => a.created_ms - b.created_ms).map((item) => ({ ...item, state: shown(item) })),

    /** Deletes one item. Rejects when the store would not. */
    async remove(id: string): Promise<void> {
      letGo(id);
      await discard(id, null);
      // Other pages let go of it as well, also the one that handed it in.
      report({ id, kind: "" } as Item, "deleted");
    },
  };
};

/** Newest first; the oldest go. */
const readReceipts = async (stores: Stores): Promise<ReceiptRow[]> => {
  const rows = await ask<ReceiptRow[]>(stores("receipts").getAll());
  rows.sort((a, b) => b.sent_ms - a.sent_ms);
  const old = (row: ReceiptRow, at: number) => at >= receiptsMax || rows[0]!.sent_ms - row.sent_ms > receiptMsMax;
  for (const { id } of rows.filter(old)) stores("receipts").delete(id);
  return rows.filter((row, at) => !old(row, at));
};

export type Shelf = ReturnType<typeof createShelf>;

export const createShelf = (core: Omit<SenderCore, "drain" | "subscribe">) => {
  const words = inHands(core);
  const receipts = () => core.run("readwrite", readReceipts);
  /** A file is in the hands of the one that sends it. */
  const isFile = ({ kind }: { kind: string }) => kind == "attachment";
  return {
    ...words,
    receipts,

    async sendNow(id?: string): Promise<void> {
      await words.sendNow(id);
      // The files of what is sent once more go with it.
      if ((await core.all()).some(isFile)) await (await core.uploads())?.sendNow(id);
    },

    remove: async (id: string): Promise<void> => ((await core.all()).some((item) => item.id == id && isFile(item)) ? (await core.uploads())!.remove(id) : words.remove(id)),

    /** All of it for the screen: newest first what was never received, then what was. */
    async told(): Promise<string> {
      const all = await words.list();
      const files = core.extra() || all.some(isFile) ? await core.uploads().then((it) => it?.list()).catch(() => undefined) : [];
      const waiting = files ? [...all.filter((item) => !isFile(item)), ...files] : all;
      waiting.sort((a, b) => b.created_ms - a.created_ms);
      return JSON.stringify([...waiting, ...await receipts().catch(() => [])]);
    },
  };
};
