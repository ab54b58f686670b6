// Packing the WASM: what is unpacked is the module again, as engines read it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pack } from "../pack/pack";
import { unpack } from "../src/unpack";

/** A section. */
const section = (kind: number, ...content: number[]) => [kind, content.length, ...content];
const magic = [0, 97, 115, 109, 1, 0, 0, 0];
/** `(memory 1)`, one function `(param i32) (result i32)` called `f` with this body, and the byte 42 at 0. */
const module = (...body: number[]) =>
  Uint8Array.from([
    ...magic,
    ...section(1, 2, 0x60, 1, 0x7f, 1, 0x7f, 0x60, 0, 0),
    ...section(3, 1, 0),
    ...section(4, 1, 0x70, 0, 1),
    ...section(5, 1, 0, 1),
    ...section(7, 1, 1, 102, 0, 0),
    ...section(9, 1, 0, 0x41, 0, 0x0b, 1, 0),
    ...section(12, 1),
    ...section(10, 1, body.length, ...body),
    ...section(11, 1, 0, 0x41, 0, 0x0b, 1, 42),
  ]);

const check = (argument: number, expected: number, ...body: number[]) => {
  const { packed, module: whole } = pack(module(...body), "ours");
  assert.deepEqual([...unpack(packed)], [...whole]);
  // What travels is a module too, of one section.
  assert(WebAssembly.validate(packed as Uint8Array<ArrayBuffer>));
  const made = new WebAssembly.Module(whole as Uint8Array<ArrayBuffer>);
  const { f } = new WebAssembly.Instance(made).exports as { f: (argument: number) => number };
  assert.equal(f(argument), expected);
};

test("a body with variables, blocks, branches and a table of branches", () => {
  // (local i64) (block (block (br_table 0 1 (local.get 0))) (return (i32.const 300))) (i32.const -5)
  const body = [1, 1, 0x7e, 0x02, 0x40, 0x02, 0x40, 0x20, 0, 0x0e, 1, 0, 1, 0x0b, 0x41, 0xac, 2, 0x0f, 0x0b, 0x41, 0x7b, 0x0b];
  check(0, 300, ...body);
  check(1, -5, ...body);
});

test("what is loaded with any hint of alignment is the same", () => {
  check(0, 42, 0, 0x20, 0, 0x28, 2, 0, 0x0b);
  check(0, 42, 0, 0x20, 0, 0x2d, 0, 0, 0x0b);
});

test("operands of the rarer kinds", () => {
  // memory.fill over the byte, then load it; f64.const; select with a type; memory.size.
  check(0, 7, 0, 0x41, 0, 0x41, 7, 0x41, 1, 0xfc, 0x0b, 0, 0x20, 0, 0x2d, 0, 0, 0x0b);
  check(0, 2, 0, 0x44, 0, 0, 0, 0, 0, 0, 0, 0x40, 0xfc, 0x02, 0x0b);
  check(0, 1, 0, 0x41, 1, 0x41, 2, 0x3f, 0, 0x1c, 1, 0x7f, 0x0b);
  // memory.copy of nothing, table.size, data.drop
  check(0, 1, 0, 0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 0x0a, 0, 0, 0xfc, 0x09, 0, 0xfc, 0x10, 0, 0x0b);
});

test("functions call, by name and by table, and refer", () => {
  // (if (local.get 0) (then (return (call 0 (i32.const 0))))) (ref.is_null (ref.func 0)) (drop) (i32.const 9)
  check(3, 9, 0, 0x20, 0, 0x04, 0x40, 0x41, 0, 0x10, 0, 0x0f, 0x0b, 0xd2, 0, 0xd1, 0x1a, 0x41, 9, 0x0b);
  check(3, 9, 0, 0x20, 0, 0x04, 0x40, 0x41, 0, 0x41, 0, 0x11, 0, 0, 0x0f, 0x0b, 0x41, 9, 0x0b);
});

test("a body that ends elsewhere than its length says is refused, and so is a module without code", () => {
  assert.throws(() => pack(module(0, 0x20, 0, 0x0b, 0x0b), "ours"));
  assert.throws(() => pack(Uint8Array.from(magic), "ours"));
});
