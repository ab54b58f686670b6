// Which language a reader gets.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLocale } from "../src/locale";

const built = ["en", "zh-Hans"];

const check = (wanted: readonly unknown[], expected: string) => {
  assert.equal(chooseLocale(built, wanted), expected, JSON.stringify(wanted));
};

test("a tag finds its language in any region", () => {
  check(["en"], "en");
  check(["en-GB"], "en");
  check(["EN_us"], "en");
  check(["zh"], "zh-Hans");
  check(["zh-CN"], "zh-Hans");
  check(["zh-SG"], "zh-Hans");
  check(["zh-hans"], "zh-Hans");
  check(["zh-Hans-HK"], "zh-Hans");
});

test("another script is another language", () => {
  check(["zh-TW"], "en");
  check(["zh-TW", "zh-CN"], "zh-Hans");
});

test("the first that was built wins, and English is the last", () => {
  check(["fr", "zh-CN", "en"], "zh-Hans");
  check([undefined, null, "", "zh-CN"], "zh-Hans");
  check(["fr", "de"], "en");
  check([], "en");
});

test("what is no tag is passed over", () => {
  check(["***", 7, {}, "auto", "zh-CN"], "zh-Hans");
});
