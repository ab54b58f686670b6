// What goes to endpoints that want another shape than ours.
import assert from "node:assert/strict";
import { test } from "node:test";
import { payload, shaped } from "../src/sender/shape";
import { request } from "../src/sender/network";
import type { Endpoint, Entry, Sender } from "../src/types";
import { makeItem } from "./items";

const submission = {
  schema: "all-ears/submission/1", id: "0199-x", kind: "complaint", created_at: "2026-11-21T10:04:05.120Z", site: "https://shop.example",
  context: { order: "A-1001" }, customer: { name: "Sam", email: "sam@example.com" },
  complaint: { reference: "AE-7F3K-9Q2M", text: 'The "left" sole\ncame off.', outcomes: ["replacement", "refund"], urgent: true },
  rating: { answers: [{ question: "stars", value: 2 }] },
};
const body = JSON.stringify(submission);
const shape = (endpoint: Partial<Endpoint>) => payload({ body, endpoint: { url: "https://in.example/", ...endpoint } });
const filled = (template: unknown) => JSON.parse(shape({ body: template })!);

test("what wants our own shape gets the bytes as they were written", () => {
  assert.equal(shape({}), undefined);
  assert.equal(shape({ format: "text" }), undefined);
});

test("a placeholder alone keeps the value's type", () => {
  assert.deepEqual(
    filled({ urgent: "{{complaint.urgent}}", wants: "{{ complaint.outcomes }}", stars: "{{rating.answers.0.value}}", who: "{{customer}}" }),
    { urgent: true, wants: ["replacement", "refund"], stars: 2, who: { name: "Sam", email: "sam@example.com" } },
  );
  assert.deepEqual(filled({ all: "{{.}}" }).all, submission);
});

test("within words it becomes text, and quotes stay quotes", () => {
  assert.equal(filled({ text: "{{kind}} of {{customer.name}}: {{complaint.text}}" }).text, 'complaint of Sam: The "left" sole\ncame off.');
  assert.equal(filled(["{{complaint.outcomes}}!"])[0], '["replacement","refund"]!');
});

test("what is unknown is left out, and the first that is known is taken", () => {
  assert.deepEqual(filled({ a: "{{customer.phone}}", b: "({{customer.phone}})", c: "{{feedback.text|complaint.reference}}" }), { b: "()", c: "AE-7F3K-9Q2M" });
  assert.deepEqual(filled({ a: "{{constructor}}", b: "{{customer.__proto__.x}}" }), {});
  assert.deepEqual(filled({ list: ["{{nothing}}", 1, null, false] }), { list: [1, null, false] });
});

test("a form is flat, with brackets for what is nested", () => {
  const sent = new URLSearchParams(shape({ format: "form" }));
  assert.deepEqual([sent.get("kind"), sent.get("complaint[text]"), sent.get("complaint[outcomes][1]"), sent.get("complaint[urgent]")],
    ["complaint", 'The "left" sole\ncame off.', "refund", "true"]);
  assert.equal(shape({ format: "form", body: { message: "{{complaint.text}}", from: "{{customer.email}}", tel: "{{customer.phone}}" } }),
    "message=The+%22left%22+sole%0Acame+off.&from=sam%40example.com");
});

test("an event names what, whence and when, and carries the submission", () => {
  assert.deepEqual(JSON.parse(shape({ format: "cloudevents" })!), {
    specversion: "1.0", id: "0199-x", type: "all-ears.complaint", source: "https://shop.example", time: "2026-11-21T10:04:05.120Z",
    datacontenttype: "application/json", data: submission,
  });
});

test("a page that has taught its lists another JSON tears nothing", () => {
  const lists = Array.prototype as any;
  lists.toJSON = () => "torn";
  try {
    assert.deepEqual(JSON.parse(shape({ body: { wants: "{{complaint.outcomes}}" } })!), { wants: ["replacement", "refund"] });
  } finally {
    delete lists.toJSON;
  }
});

test("the shaped text is what goes out, and the words stay beside it", async () => {
  let handed: Entry | undefined;
  const sender = shaped({ submit: async (entry: Entry) => void (handed = entry) } as unknown as Sender, () => undefined);
  const endpoint = { url: "https://in.example/", format: "form", body: { m: "{{kind}}" }, redirect: "follow" };
  await sender.submit({ id: "x", kind: "complaint", endpoint, body });
  assert.deepEqual([handed!.body, handed!.payload], [body, "m=complaint"]);
  const sent = request(makeItem({ ...handed }), new AbortController().signal, true);
  assert.deepEqual([sent.body, sent.redirect], ["m=complaint", "follow"]);
  assert.deepEqual({ ...sent.headers }, { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" });
  const json = request(makeItem({ payload: "{}" }), new AbortController().signal, true);
  assert.deepEqual({ ...json.headers }, { "content-type": "application/json" });
});

test("the template comes from the config, by kind, in any form of it", async () => {
  let handed: Entry | undefined;
  const core = { submit: async (entry: Entry) => void (handed = entry) } as unknown as Sender;
  const check = async (endpoint: unknown, expected: string | undefined) => {
    await shaped(core, () => ({ endpoint })).submit({ id: "x", kind: "complaint", endpoint: { url: "https://in.example/" }, body });
    assert.equal(handed!.payload, expected, JSON.stringify(endpoint));
  };
  await check("https://in.example/", undefined);
  await check({ url: "https://in.example/", body: { a: "{{kind}}" } }, '{"a":"complaint"}');
  await check({ url: "https://in.example/", body: { a: 1 }, complaint: "https://in.example/" }, undefined);
  await check({ default: { url: "https://in.example/", body: "{{.}}" } }, body);
  await check({ default: "https://a.example/", complaint: { url: "https://in.example/", body: ["{{id}}"] } }, '["0199-x"]');
});
