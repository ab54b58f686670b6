// What a widget leaves behind, should it die: the words up to the last key, or what was handed in last; and the names of
// files that were chosen, which nobody else can send.
import { parse } from "./page";
import type { Handed, Sender, Setup } from "./types";

export type Left = Pick<Setup, "typed" | "files" | "handed">;

/** How long after the press the words still stand on the screen: asking for them again would send them twice. */
const pressMs = 1000;

export const makeEstate = () => {
  let handed: Handed | undefined;
  let handed_ms = 0;
  /** The names of the files, by id. */
  const files = new Map<string, string>();
  /** What last stood in the fields for words, by kind: later screens do not show it, and there may be no draft. */
  const said = new Map<string, string>();
  return {
    /** Looks at the fields in `panel`: before anything becomes of a press, and after each key. */
    look: (panel: Element): void => {
      if (Date.now() - handed_ms < pressMs) return;
      for (const { id, value } of panel.querySelectorAll<HTMLTextAreaElement>("#words,#feedback-text")) {
        said.set(id == "words" ? "complaint" : "feedback", value);
      }
    },

    /** The sender, which remembers what a customer said and what becomes of it. */
    follow: (sender: Sender): Sender => ({
      ...sender,
      take: async (...values) => {
        const told = await sender.take(...values);
        for (const { id, name } of (parse(told) ?? []) as any) files.set(id, name);
        return told;
      },
      drop: (id) => {
        files.delete(id);
        sender.drop(id);
      },
      submit: (entry) => {
        if (entry.files) files.clear();
        const text = (parse(entry.body) as any)?.[entry.kind].text;
        // Words may have been taken along from one to the other.
        for (const [kind, words] of said) if (kind == entry.kind || words.trim() == text) said.delete(kind);
        if (text) {
          handed = { ...entry, text, state: "sending" };
          handed_ms = Date.now();
        }
        return sender.submit(entry);
      },
      subscribe: (hear) => sender.subscribe((change) => {
        // What its customer deleted is offered nowhere again.
        if (change.id == handed?.id) change.state == "deleted" ? (handed = undefined) : (handed!.state = change.state);
        hear(change);
      }),
    }),

    /** What stands in `panel`, where this screen shows. */
    read: (panel: Element, screen: string): Left => {
      if (/-sent|promise/.test(screen) || Date.now() - handed_ms < pressMs) return { handed };
      const words = panel.querySelector("#words,#feedback-text,[data-screen=recap] .words");
      const left = /^(ap|res)/.test(screen) ? said.get("complaint") : said.get("feedback") || said.get("complaint");
      return { typed: (words as HTMLTextAreaElement)?.value ?? words?.textContent ?? left, files: [...files.values()] };
    },

    /** Its customer wants all of it forgotten. */
    empty: () => {
      handed = undefined;
      said.clear();
      files.clear();
    },
  };
};
