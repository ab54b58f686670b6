// What the page says before anybody draws: its config, its attributes and a link to one answer.
import type { Config, Stage } from "./types";

/** A link to one answer, which the loader has seen. */
const link = "all-ears-answer";

/** The address whose link was followed. */
let followed: string | undefined;

/** What a call to open means in full: which answer, if a link asked for it. */
export const whole = (values: unknown[]): unknown[] => {
  if (values[0] != "answer" || values[1]) return values;
  followed = location.href;
  return ["answer", new URLSearchParams(location.hash.slice(1)).get(link)];
};

/** A link has done its work once the panel closes: followed again it is a new one, also before the page hears of the
 *  closing, and a reload opens nothing. */
export const unlink = () => {
  if (location.hash && location.href == followed) history.replaceState(history.state, "", followed.split("#")[0]);
  followed = undefined;
};

/** The page's config as it was written; `undefined` when it did not arrive. Then the attributes still hold. */
export const readSource = async (host: Element, response: Stage["parts"][4]): Promise<string | undefined> => {
  const source = host.getAttribute("config");
  try {
    if (!response) return source ? document.querySelector(source)!.textContent! : "{}";
    const arrived = await response;
    // What a server says of its own trouble is no config.
    return arrived.ok ? await arrived.text() : undefined;
  } catch {
    return undefined;
  }
};

export const isMenu = (view: unknown): boolean => !view || view == "menu";

/** A JSON text for those who look into it here; `undefined` when it is torn. */
export const parse = (source: string | undefined): Config | undefined => {
  try {
    return JSON.parse(source!);
  } catch {
    return undefined;
  }
};

export const readAttributes = (host: Element): Record<string, string> =>
  Object.fromEntries([...host.attributes].map(({ name, value }) => [name, value]));
