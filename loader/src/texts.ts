// The sentences of one language for what stands in for the widget, with the company's own words over them.
import type { Config } from "./types";

/** What the sentences are read from. */
export interface Wording {
  config: Config | undefined;
  locale: string;
  /** The locale file: one message a line. */
  texts: string;
  /** The keys file, when the config overrides texts. */
  keys: string | undefined;
}

/** The sentences by `M`. */
export const readTexts = ({ texts, keys, config, locale }: Wording): string[] => {
  const own = { ...config?.texts?.["*"], ...config?.texts?.[locale] };
  const names = keys?.split("\n") ?? [];
  return texts.split("\n").map((line, at) => {
    const said = own[names[at] ?? ""];
    return typeof said == "string" ? said : line.replace(/\\n/g, "\n");
  });
};
