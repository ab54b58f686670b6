// Which functions the sender takes for the browser's own.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isNative } from "../src/sender/realm";

test("what a page has put in the browser's place is found out", () => {
  const taken: Function[] = [parseInt, Date, Date.now, Function.prototype.toString, Promise];
  const foreign: Function[] = [
    () => "[native code]", function fetch() {}, class Date {}, parseInt.bind(undefined), new Proxy(parseInt, {}), new Proxy(Date, {}),
    { fetch() { return "function fetch() { [native code] }"; } }.fetch, async () => {},
  ];
  assert.deepEqual([taken.map(isNative), foreign.map(isNative)], [taken.map(() => true), foreign.map(() => false)]);
});
