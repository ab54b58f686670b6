// Fetching a built file: what arrives is what was built, or nothing.
import type { BuiltFile } from "./types";

/** The null prototype keeps a page's additions to `Object.prototype` out of the request. */
export const options = (integrity?: string, priority?: string) => ({ __proto__: null, integrity, priority }) as RequestInit;

/** Makes the ways to fetch from the folder where the built files lie. */
export const from = (base: string) => {
  /** Rejects when the file differs from what was built, as an error page does too. */
  const get = (file: BuiltFile): Promise<Response> => {
    const [name, hash] = file.split(" ");
    // What is small shows something first.
    return fetch(base + name, options("sha256-" + hash + "=", /wasm/.test(name!) ? "low" : "high"));
  };
  return {
    get,
    read: async (file: BuiltFile): Promise<string> => (await get(file)).text(),
    /** Imports a module after its integrity was checked; the import itself then comes from the cache. */
    load: async (file: BuiltFile): Promise<any> => import((await get(file)).url),
  };
};

/** Brings something once, and again only where it did not come. */
export const once = <T>(bring: () => Promise<T>): (() => Promise<T>) => {
  let brought: Promise<T> | undefined;
  return () => (brought ||= bring().catch((error) => {
    brought = undefined;
    throw error;
  }));
};
