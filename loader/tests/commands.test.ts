// The queue behind `window.allEars`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createCommands, type Call } from "../src/commands";

const element = (inline = false) => {
  const heard: Call[] = [];
  let removed = 0;
  return { inline, heard, run: (...call: Call) => void heard.push(call), remove: () => void removed++, removed: () => removed };
};

test("calls made before an element exists reach it in order, once", () => {
  const { call, join } = createCommands(new EventTarget());
  call("identify", { name: "Ada" });
  call("open", "complaint");
  call("context", { order: "A-1001" });
  const first = element();
  join(first);
  assert.deepEqual(first.heard, [["identify", { name: "Ada" }], ["open", "complaint"], ["context", { order: "A-1001" }]]);
  const second = element();
  join(second);
  assert.deepEqual(second.heard, [["identify", { name: "Ada" }], ["context", { order: "A-1001" }]]);
});

test("one element opens, the floating one if there is one", () => {
  const { call, join } = createCommands(new EventTarget());
  const [inline, floating] = [element(true), element()];
  join(inline);
  call("open");
  assert.equal(inline.heard.length, 1);
  join(floating);
  call("ask", "nps");
  assert.deepEqual([inline.heard.length, floating.heard.length], [1, 1]);
});

test("what is said of the customer reaches every element", () => {
  const { call, join } = createCommands(new EventTarget());
  const elements = [element(), element(true)];
  elements.map(join);
  call("identify", { name: "Ada" });
  assert.deepEqual(elements.map((one) => one.heard.length), [1, 1]);
});

test("what was done once is not done again to a later element", () => {
  const { call, join } = createCommands(new EventTarget());
  call("forget");
  call("track", "cart");
  const late = element();
  join(late);
  assert.deepEqual(late.heard, []);
});

test("an element that left hears nothing more", () => {
  const { call, join, leave } = createCommands(new EventTarget());
  const gone = element();
  join(gone);
  leave(gone);
  call("open");
  const next = element();
  join(next);
  assert.deepEqual([gone.heard.length, next.heard.length], [0, 1]);
});

test("destroy removes every element", () => {
  const { call, join } = createCommands(new EventTarget());
  const elements = [element(), element()];
  elements.map(join);
  call("destroy");
  assert.deepEqual(elements.map((one) => one.removed()), [1, 1]);
});

test("on and off listen to the page by the short name", () => {
  const page = new EventTarget();
  const { call } = createCommands(page);
  let heard = 0;
  const listener = () => void heard++;
  call("on", "open", listener);
  page.dispatchEvent(new Event("all-ears:open"));
  call("off", "open", listener);
  page.dispatchEvent(new Event("all-ears:open"));
  assert.equal(heard, 1);
});

test("after destroy nothing is opened any more, in the same breath neither", () => {
  const { call, join } = createCommands(new EventTarget());
  const only = element();
  join(only);
  call("destroy");
  call("open");
  assert.deepEqual([only.removed(), only.heard.length], [1, 0]);
});
