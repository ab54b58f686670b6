// Where the built files lie, as the loader knows them.
import { from, options } from "./get";
import type { Files } from "./types";

declare const __FILES__: Files;

export const files = __FILES__;

/** The loader's own tag: a classic script knows it. */
export const script = document.currentScript as HTMLScriptElement;

export const { get, read, load } = from(new URL(".", script.src).href);
export { options };
