// Whose WASM it was that died, by the stacks of the three engines.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as engine from "../src/engine";

const { endEngine, isOurTrap, startEngine } = engine;

const base = "https://shop.example/all-ears/";
const page = "    at HTMLButtonElement.<anonymous> (https://shop.example/shop.js:9:1)";

const check = (expected: boolean, ...stack: string[]) => {
  const error = Object.assign(new WebAssembly.RuntimeError("unreachable"), { stack: stack.join("\n") });
  assert.equal(isOurTrap(error, base), expected, stack.join());
};

test("Chromium names our modules, also where the stack is cut off before the glue", () => {
  check(true, "RuntimeError: unreachable", "    at wasm://wasm/all-ears-00a1b2c3:wasm-function[12]:0x1234");
  check(true, "RuntimeError: unreachable", "    at wasm://wasm/other-00a1b2c3:wasm-function[12]:0x1", `    at r (${base}widget.25dfc0cb.js:1:9)`);
  check(false, "RuntimeError: unreachable", "    at wasm://wasm/00a1b2c3:wasm-function[12]:0x1234", page);
});

test("Firefox names where a module was compiled", () => {
  check(true, `@${base}panel.871c05b8.js line 1 > WebAssembly.compile:wasm-function[12]:0x1234`);
  check(false, "@https://shop.example/game.js line 1 > WebAssembly.compile:wasm-function[12]:0x1234", page);
});

test("what names no file is taken for ours, and what is no trap is not", () => {
  check(true, "wasm-function[12]@[wasm code]");
  assert.equal(isOurTrap(new Error("https://shop.example/all-ears/widget"), base), false);
  assert.equal(isOurTrap(undefined, base), false);
});

test("what was tried in vain may be tried again, and what died is known to be dead", async () => {
  const stage = () => ({ parts: [Promise.resolve({}), Promise.resolve(new Response(new Uint8Array()))] }) as any;
  await assert.rejects(startEngine(stage()));
  await assert.rejects(startEngine(stage()));
  assert.equal(engine.death, undefined);
  const trap = new WebAssembly.RuntimeError("unreachable");
  endEngine(trap);
  assert.equal(engine.death, trap);
});
