// The widget's module with its WASM started: once for all elements of the page.
import type { from } from "./get";
import type { BuiltFile, Stage } from "./types";
import { unpack } from "./unpack";

/** What its screens have of their own. */
export type Parts = Readonly<Record<string, BuiltFile>>;
/** Those that come only where they are of use: the widget goes on without them. */
export const spare = /^(check|files)$/;

let engine: Promise<any> | undefined;
/** Resolves once the engine is wanted; parts may be on their way before. */
let want: () => void;
const wanted = new Promise<void>((done) => (want = done));
/** What the WASM died of, if it did: nothing is mounted any more in what a trap left behind, and no menu stands before it. */
export let death: unknown;
/** What the parts are linked to. */
let exports: any;
const arrivals: Record<string, Promise<unknown> | undefined> = {};

/** What arrives is packed. An error page has failed before. */
const compile = async (response: Response): Promise<WebAssembly.Module> =>
  WebAssembly.compile(unpack(new Uint8Array(await response.arrayBuffer())));

const start = async ({ parts: [module, wasm] }: Stage): Promise<any> => {
  const [glue, compiled] = await Promise.all([module, wasm.then(compile)]);
  exports = await glue.start(compiled);
  return glue;
};

/** Resolves with the module; a failure is forgotten, so that the next click tries again. */
export const startEngine = (stage: Stage): Promise<any> => {
  engine ||= start(stage).catch((error) => {
    engine = undefined;
    throw error;
  });
  want();
  return engine;
};

/** All elements of the page share the WASM that died of this. */
export const endEngine = (trap: unknown): void => {
  death = trap;
};

const bring = async (files: Parts, name: string, get: ReturnType<typeof from>["get"]): Promise<unknown> => {
  const file = get(files[name]!).then(compile);
  // Waited for below.
  file.catch(() => {});
  await (name == "shared" ? wanted.then(() => engine) : loadPart(files, "shared", get));
  return WebAssembly.instantiate(await file, { m: exports });
};

/** Brings a part of the WASM in, once; the fetching begins before the WASM is there. A failure is forgotten. */
export const loadPart = (files: Parts, name: string, get: ReturnType<typeof from>["get"]): Promise<unknown> =>
  (arrivals[name] ||= bring(files, name, get).catch((error) => {
    arrivals[name] = undefined;
    throw error;
  }));

/** Whether the WASM that died is ours, whose files lie at this address: known by the glue, by the name that our modules
 *  carry, or by where Firefox says that they were compiled. Safari leaves tail calls out of the stack; what names no file
 *  at all is taken for ours. */
export const isOurTrap = (error: any, base: string): boolean => {
  if (typeof WebAssembly != "object" || !(error instanceof WebAssembly.RuntimeError)) return false;
  const stack = error.stack ?? "";
  return [base + "widget", base + "panel", "wasm/all-ears-"].some((name) => stack.includes(name)) || !stack.includes("://");
};
