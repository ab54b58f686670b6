// Files whose customer deletes them, or clears the browser: nothing of them is sent, or all of it is stored once more.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { clock, pass, settle, World } from "./uploads/world";

beforeEach(clock.start);
afterEach(clock.stop);

test("deleting a complaint deletes its files, before and after its words were sent", async () => {
  const world = new World();
  world.network = "down";
  const page = world.open();
  await page.complain("c", [["a", "the sole"]]);
  await page.complain("d", [["b", "the heel"]]);
  await page.shelf.remove("c");
  await settle();
  assert.deepEqual((await world.stored("files")).map(({ id }) => id), ["b"]);
  world.network = "well";
  void page.outbox.hint();
  await pass(120_000);
  assert.deepEqual([[...world.submissions.keys()], [...world.files.keys()]], [["d"], ["b"]]);
});

test("deleting works also where what sends files did not come", async () => {
  const world = new World();
  world.network = "down";
  const first = world.open();
  await first.complain("c", [["a", "the sole"]]);
  first.die();
  const second = world.open(false);
  await second.shelf.remove("c");
  assert.deepEqual([await world.stored("items"), await world.stored("files"), await world.stored("blobs")], [[], [], []]);
});

test("deleting everything stops a file that is in this page alone, also in the middle of its way", async () => {
  const world = new World();
  const page = world.open();
  page.refuse((what) => what != "words");
  let signal: AbortSignal | undefined;
  world.slow = (abort) => (signal = abort.signal, new Promise((resolve) => abort.signal.addEventListener("abort", () => resolve({}))));
  await page.complain("c", [["a", "the sole"]]);
  await settle(200);
  assert.deepEqual([page.last("c"), page.last("a"), signal?.aborted], ["sent", "unsaved", false]);
  page.refuse(() => false);
  assert.equal(await page.desk().forget(), true);
  await settle(200);
  assert.deepEqual([signal!.aborted, page.last("a")], [true, "deleted"]);
  world.slow = undefined;
  await pass(600_000);
  assert.deepEqual([world.files.size, await world.stored("files"), await world.stored("blobs")], [0, [], []]);
});

test("everything is deleted also where nothing more can be fetched", async () => {
  const world = new World();
  world.network = "down";
  const first = world.open();
  await first.complain("c", [["a", "the sole"]]);
  first.die();
  const page = world.open(false);
  assert.equal(await page.desk().saveDraft("complaint", "{}"), true);
  assert.equal(await page.desk().forget(), true);
  for (const one of ["items", "files", "blobs", "drafts"]) assert.deepEqual(await world.stored(one), [], one);
  world.network = "well";
  void world.open().outbox.hint();
  await pass(120_000);
  assert.deepEqual([world.submissions.size, world.files.size], [0, 0]);
});

test("what the browser would not delete at once is deleted when it will, and nothing of it is sent", async () => {
  const world = new World();
  world.network = "down";
  const page = world.open();
  await page.complain("c", [["a", "the sole"]]);
  await settle(200);
  page.refuse((what) => what == "file");
  assert.equal(await page.desk().forget(), false);
  assert.deepEqual([page.last("c") == "deleted", page.last("a") == "deleted"], [false, false], "it is not gone yet");
  world.network = "well";
  await settle(100);
  page.refuse(() => false);
  await pass(120_000);
  for (const one of ["items", "files", "blobs"]) assert.deepEqual(await world.stored(one), [], one);
  assert.deepEqual([world.submissions.size, world.puts, page.waits()], [0, 0, false]);
});

test("a file on its way is stopped also where the browser would not delete it at once, with its sender or without", async () => {
  for (const brings of [true, false]) {
    const world = new World();
    const first = world.open();
    let signal: AbortSignal | undefined;
    world.slow = (abort) => (signal = abort.signal, new Promise((resolve) => abort.signal.addEventListener("abort", () => resolve({}))));
    await first.complain("c", [["a", "the sole"]]);
    await settle(200);
    assert.deepEqual([first.last("c"), first.last("a"), signal?.aborted], ["sent", "sending", false]);
    if (!brings) first.die();
    const page = brings ? first : world.open(false);
    page.refuse((what) => what == "file");
    assert.equal(await page.desk().forget(), false);
    world.slow = undefined;
    await settle(100);
    assert.equal(signal!.aborted, brings);
    page.refuse(() => false);
    await pass(120_000);
    assert.deepEqual([world.files.size, await world.stored("files"), await world.stored("blobs")], [0, [], []], String(brings));
  }
});

for (const first of ["what sends files", "what sends words", "another page"]) {
  test(`a browser that is cleared under an open page loses nothing of it, when ${first} looks first`, async () => {
    const world = new World();
    world.network = "down";
    const page = world.open();
    await page.complain("c", [["a", "the sole"]]);
    await settle(200);
    assert.deepEqual([page.last("c"), page.last("a")], ["stored", "stored"]);
    await world.clear();
    if (first == "what sends files") await page.bring().drain();
    else await (first == "another page" ? world.open(false) : page).outbox.drain();
    await settle(60);
    // Every handle sees it at its own next look, and all of it is stored again.
    await page.bring().drain();
    await page.outbox.drain();
    await settle(200);
    assert.deepEqual(["c", "a"].map((id) => page.changes.some((change) => change.id == id && change.state == "unsaved")), [true, true]);
    await pass(60_000);
    assert.deepEqual([(await world.stored("items")).length, (await world.stored("blobs")).length], [1, 1]);
    assert.deepEqual([page.last("c"), page.last("a")], ["stored", "stored"]);
    world.network = "well";
    await pass(120_000);
    assert.deepEqual([...world.submissions.keys()], ["c"]);
    assert.deepEqual([...world.files], [["a", "the sole"]]);
    assert.deepEqual([page.last("c"), page.last("a"), world.broken], ["sent", "sent", []]);
  });
}
