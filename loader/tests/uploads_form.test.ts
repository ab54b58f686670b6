// Files for an endpoint whose answer names no place for them: each goes where its words went, with them, as a form.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { Outcome } from "../src/sender/machine";
import type { FileItem } from "../src/sender/uploads";
import { clock, pass, settle, url, World } from "./uploads/world";

beforeEach(clock.start);
afterEach(clock.stop);

/** An endpoint as many companies have it: a script that reads a form. */
class Script extends World {
  override takesFiles = "with words" as const;
  readonly forms: Record<string, string>[] = [];
  /** What it was asked with, besides the form. */
  asked: unknown[] = [];
  answer: (file: FileItem) => Outcome = (file) => ({ status: 200, body: JSON.stringify({ id: file.id }) });

  override put(_: string, file: FileItem): Outcome {
    const { method, headers, receipt } = file.endpoint;
    this.asked = [file.endpoint.url, method, headers, receipt];
    return this.answer(file);
  }

  /** Reads what came, as a server would. */
  override async read(file: FileItem, data: ArrayBuffer): Promise<void> {
    const form = await new Response(data, { headers: { "content-type": file.type } }).formData();
    const fields: Record<string, string> = {};
    for (const [name, value] of form) fields[name] = typeof value == "string" ? value : [value.name, value.type, await value.text()].join(" ");
    this.forms.push(fields);
  }
}

const body = (id: string, ...files: string[]) => {
  const attachments = files.map((one) => ({ id: one, name: one + ".jpg", type: "image/jpeg", bytes: 8 }));
  return JSON.stringify({ id, complaint: { text: "It came off.", attachments } });
};

test("each file follows its words, as a form with the same words", async () => {
  const world = new Script();
  const page = world.open();
  await page.complain("c", [["a", "the sole"], ["b", "the heel"]], { endpoint: { url, receipt: "strict", headers: { "x-key": "1" } } });
  await settle(300);
  assert.deepEqual(world.forms, [
    { submission: body("c", "a", "b"), attachment_id: "a", attachment: "a.jpg image/jpeg the sole" },
    { submission: body("c", "a", "b"), attachment_id: "b", attachment: "b.jpg image/jpeg the heel" },
  ]);
  assert.deepEqual(world.asked, [url, undefined, { "x-key": "1" }, "strict"]);
  assert.deepEqual(["c", "a", "b"].map(page.last), ["sent", "sent", "sent"]);
  assert.deepEqual([await world.stored("files"), await world.stored("blobs")], [[], []]);
});

test("an endpoint of forms gets its own fields beside each file", async () => {
  const world = new Script();
  world.answer = () => ({ status: 200, body: "<p>Thank you</p>" });
  const page = world.open();
  await page.complain("c", [["a", "the sole"]], { endpoint: { url, format: "form" }, payload: "from=Sam+Rivers&message=5+%26+6", type: "application/x-www-form-urlencoded" });
  await settle(300);
  assert.deepEqual(world.forms, [{ from: "Sam Rivers", message: "5 & 6", attachment_id: "a", attachment: "a.jpg image/jpeg the sole" }]);
  assert.equal(page.last("a"), "sent");
});

test("a name with quotes and line breaks stays a name", async () => {
  const world = new Script();
  const page = world.open();
  const name = 'so"le\r\ncontent-type:text/html\r\n\r\n<b>é鞋.jpg';
  await page.complain("c", [["a", "the sole", name]]);
  await settle(300);
  assert.deepEqual(world.forms.map(({ attachment, ...rest }) => [attachment, Object.keys(rest)]), [[name + " image/jpeg the sole", ["submission", "attachment_id"]]]);
});

test("an answer that repeats the id of the words counts; one that repeats none does not", async () => {
  const world = new Script();
  const page = world.open();
  world.answer = () => ({ status: 200, body: "<title>Sign in to the network</title>" });
  await page.complain("c", [["a", "the sole"]]);
  await settle(300);
  assert.equal(page.last("a"), "stored");
  world.answer = ({ after }) => ({ status: 200, body: JSON.stringify({ id: after }) });
  await pass(120_000);
  assert.equal(page.last("a"), "sent");
});

test("what the last page left is sent by the next, with the same words", async () => {
  const world = new Script();
  world.network = "down";
  const first = world.open();
  await first.complain("c", [["a", "the sole"]]);
  first.die();
  world.network = "well";
  const second = world.open();
  void second.outbox.hint();
  await settle(300);
  assert.deepEqual(world.forms.map(({ submission, attachment }) => [submission, attachment]), [[body("c", "a"), "a.jpg image/jpeg the sole"]]);
  assert.deepEqual([world.submissions.has("c"), await world.stored("blobs")], [true, []]);
});

test("where a template, an event or a text is wanted, a file is given back", async () => {
  for (const more of [
    { endpoint: { url, body: {} }, payload: "{}" },
    { endpoint: { url, format: "cloudevents" }, payload: "{}", type: "application/cloudevents+json" },
    { endpoint: { url, format: "text" } },
  ]) {
    const world = new Script();
    const page = world.open();
    await page.complain("c", [["a", "the sole"]], more as any);
    await settle(300);
    assert.deepEqual([page.last("c"), page.last("a"), world.forms], ["sent", "rejected", []]);
  }
});
