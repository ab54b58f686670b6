// The submission that the plain form makes, and where it goes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readTexts } from "../src/texts";
import { isAllowed, makeId, makeReference, makeSubmission, pickEndpoint, type Surroundings, type Words } from "../src/submission";

const around: Surroundings = {
  locale: "en",
  origin: "https://shop.example",
  url: "https://shop.example/order?token=secret#top",
  title: "Your order",
  referrer: "",
  survey: "",
  context: { order: "A-1001", product: "Trail boots", basket: { private: true } },
  customer: { name: "Ada", phone: "+44 1" },
  now: Date.UTC(2026, 10, 21, 10, 4, 5, 120),
  random: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
};
const words: Words = { kind: "feedback", rating: 0, text: " Well done. ", name: "", email: "" };
const page = "https://shop.example/order";

const body = (some: Partial<Words>) => JSON.parse(makeSubmission({ ...words, ...some }, around).body);

test("ids are UUIDs of version 7 that sort by time", () => {
  const id = makeId(around.now, around.random);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(id.slice(0, 13).replace("-", ""), 16), around.now);
  assert(makeId(around.now + 1, new Uint8Array(10)) > id);
});

test("references are the last 40 bits in Crockford's base 32, as the widget makes them", () => {
  assert.equal(makeReference("0199a1b2-c3d4-7e5f-8a6b-0000000000ff", "AE"), "AE-0000-007Z");
  assert.equal(makeReference("0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b", "AE"), "AE-HPF0-Y6HB");
});

test("feedback holds what is known and nothing else", () => {
  assert.deepEqual(body({}), {
    schema: "all-ears/submission/1",
    id: makeId(around.now, around.random),
    kind: "feedback",
    created_at: "2026-11-21T10:04:05.120Z",
    locale: "en",
    site: "https://shop.example",
    page: { url: "https://shop.example/order", title: "Your order" },
    context: { order: "A-1001", product: "Trail boots" },
    customer: { name: "Ada", phone: "+44 1" },
    feedback: { text: "Well done." },
  });
});

test("stars make feedback a rating, with or without words", () => {
  const answers = [{ question: "rating", kind: "stars", value: 4 }];
  assert.deepEqual(body({ rating: 4, text: "" }).rating, { survey: "plain", answers, complete: true });
  const comment = { question: "comment", kind: "text", value: "Well done." };
  assert.deepEqual(body({ rating: 4 }).rating.answers, [...answers, comment]);
});

test("a complaint carries its reference, in the entry too", () => {
  const entry = makeSubmission({ ...words, kind: "complaint", email: "a@b.example" }, around, "FW");
  const odd = makeSubmission({ ...words, kind: "complaint" }, around, "FERNWAY");
  assert.match(odd.reference!, /^AE-/, "a prefix that no receiver reads is not used");
  const { complaint, customer } = JSON.parse(entry.body);
  assert.equal(complaint.reference, entry.reference);
  assert.match(entry.reference ?? "", /^FW-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.deepEqual(
    { ...complaint, reference: 0 },
    { reference: 0, text: "Well done.", recap: { confirmed: false }, order: "A-1001", product: "Trail boots" },
  );
  assert.equal(customer.email, "a@b.example");
});

test("only https, this machine and the page itself may receive", () => {
  for (const url of ["https://x.example/a", "http://localhost:8080/a", "http://127.0.0.1/a", "http://[::1]:1/", "/v1/submissions"]) {
    assert(isAllowed(url, page), url);
  }
  for (const url of ["http://x.example", "javascript:alert(1)", "data:text/plain,", "ftp://localhost", "http://localhost.evil.example", "https://"]) {
    assert(!isAllowed(url, page), url);
  }
});

test("the endpoint is found in every form of the config", () => {
  const url = (config: Record<string, unknown>, kind = "complaint", attributes = {}) =>
    pickEndpoint(config, attributes, kind, page)?.url;
  assert.equal(url({ endpoint: "https://a.example/in" }), "https://a.example/in");
  assert.equal(url({ endpoint: { url: "/in" } }), "https://shop.example/in");
  assert.equal(url({ endpoint: { default: "https://a.example/", complaint: { url: "https://b.example/", format: "text" } } }), "https://b.example/");
  assert.equal(url({ endpoint: { default: "https://a.example/", complaint: "https://b.example/" } }, "rating"), "https://a.example/");
  assert.equal(url({ endpoint: "https://a.example/" }, "rating", { endpoint: "https://c.example/" }), "https://c.example/");
  assert.equal(url({ endpoint: "javascript:alert(1)" }), undefined);
  assert.equal(url({ endpoint: 7 }), undefined);
  assert.equal(pickEndpoint(undefined, {}, "rating", page), undefined);
});

test("the company's own texts lie over the locale file, line by line", () => {
  const setup = { texts: "One\nTwo\\nlines\nThree", keys: "a.one\na.two\na.three", locale: "en" };
  assert.deepEqual(readTexts({ ...setup, config: undefined }), ["One", "Two\nlines", "Three"]);
  const config = { texts: { "*": { "a.one": "1", "a.three": 3 }, en: { "a.two": "2" }, fr: { "a.three": "trois" } } };
  assert.deepEqual(readTexts({ ...setup, config }), ["1", "2", "Three"]);
});

test("what a page got wrong makes nothing that an endpoint has to refuse", () => {
  const context = { ...Object.fromEntries(Array.from({ length: 100 }, (_, at) => ["key" + at, at])), nothing: NaN };
  const { body } = makeSubmission({ ...words, text: "a \\ud83d \\\\ud83d \ud83d\ude00 \udc00" }, { ...around, title: "Boots \ud83d", context: { a: Infinity, ...context } });
  assert(!/[^\\](\\\\)*\\ud/.test(body));
  const read = JSON.parse(body);
  assert.deepEqual([read.feedback.text, read.page.title, Object.keys(read.context).length, read.context.a], ["a \\ud83d \\\\ud83d \ud83d\ude00 \ufffd", "Boots \ufffd", 32, undefined]);
});
