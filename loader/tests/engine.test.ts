// Parts of the WASM, on their way before the module that they are linked to is put together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pack } from "../pack/pack";
import { loadPart, startEngine } from "../src/engine";
import type { Stage } from "../src/types";

const section = (kind: number, ...content: number[]) => [kind, content.length, ...content];
const text = (word: string) => [word.length, ...new TextEncoder().encode(word)];
const magic = [0, 97, 115, 109, 1, 0, 0, 0];
/** `(param i32) (result i32)` */
const type = section(1, 1, 0x60, 1, 0x7f, 1, 0x7f);
const answer = (...bytes: number[]) => new Response(pack(Uint8Array.from(bytes), "ours").packed as Uint8Array<ArrayBuffer>);
/** `f` gives back one more than it is given. */
const main = () =>
  answer(...magic, ...type, ...section(3, 1, 0), ...section(7, 1, ...text("f"), 0, 0), ...section(10, 1, 7, 0, 0x20, 0, 0x41, 1, 0x6a, 0x0b));
/** `g` calls `f` of the main module. */
const part = () =>
  answer(
    ...magic, ...type, ...section(2, 1, ...text("m"), ...text("f"), 0, 0),
    ...section(3, 1, 0), ...section(7, 1, ...text("g"), 0, 1), ...section(10, 1, 6, 0, 0x20, 0, 0x10, 0, 0x0b),
  );

test("a part that is asked for first waits for the engine to be started", async () => {
  let fetched = 0;
  const get = async () => (fetched++, part());
  const files = { status: ["status", ""], shared: ["shared", ""] } as unknown as Parameters<typeof loadPart>[0];
  const status = loadPart(files, "status", get) as Promise<WebAssembly.Instance>;
  status.catch(() => {});
  // Long enough for the part to have arrived, and to be compiled.
  await new Promise((done) => setTimeout(done, 100));
  const glue = { start: async (module: WebAssembly.Module) => (await WebAssembly.instantiate(module)).exports };
  await startEngine({ parts: [Promise.resolve(glue), Promise.resolve(main())] } as unknown as Stage);
  const { g } = (await status).exports as { g: (argument: number) => number };
  assert.equal(g(41), 42);
  assert.equal(fetched, 2);
});
