// Files that go along: stored with their words, sent after them, never lost, never in the way.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { uploadUrl, type FileItem } from "../src/sender/uploads";
import { seeded } from "./random";
import { clock, pass, settle, World, type Network } from "./uploads/world";

declare const process: { env: Record<string, string | undefined> };

setFlagsFromString("--expose-gc");
/** Frees what nobody holds on to. */
const collect: () => void = runInNewContext("gc");

beforeEach(clock.start);
afterEach(clock.stop);

test("words go first, then each file, and nothing stays", async () => {
  const world = new World();
  const page = world.open();
  const change = await page.complain("c", [["a", "the sole"], ["b", "the heel"]]);
  assert.equal(change.state, "stored");
  await settle(300);
  assert.deepEqual([...world.files], [["a", "the sole"], ["b", "the heel"]]);
  assert.deepEqual(["c", "a", "b"].map(page.last), ["sent", "sent", "sent"]);
  assert.deepEqual([await world.stored("items"), await world.stored("files"), await world.stored("blobs")], [[], [], []]);
  assert.deepEqual(world.broken, []);
});

test("words and files are in the store together, or neither is", async () => {
  const world = new World();
  world.network = "down";
  const page = world.open();
  await page.complain("c", [["a", "the sole"]]);
  assert.deepEqual((await world.stored("items")).map(({ id, files }) => [id, files]), [["c", true]]);
  assert.deepEqual((await world.stored("files")).map(({ id, after, v, bytes }) => [id, after, v, bytes]), [["a", "c", 2, 8]]);
  assert.deepEqual((await world.stored("blobs")).map((data) => new TextDecoder().decode(data)), ["the sole"]);
  assert.equal(world.puts, 0);
});

test("the next page sends what the last one left, also when only files are left", async () => {
  const world = new World();
  const first = world.open();
  world.network = "down";
  await first.complain("c", [["a", "the sole"]]);
  first.die();
  world.network = "well";
  const second = world.open();
  void second.outbox.hint();
  await settle(300);
  assert.deepEqual([...world.files], [["a", "the sole"]]);
  // Words received, files not.
  const third = world.open();
  const receive = world.put.bind(world);
  world.put = () => ({});
  await third.complain("d", [["b", "the heel"]]);
  await settle(200);
  third.die();
  assert.deepEqual([world.submissions.has("d"), world.files.has("b"), (await world.stored("files")).length], [true, false, 1]);
  world.put = receive;
  const fourth = world.open();
  void fourth.outbox.hint();
  await pass(120_000);
  assert.equal(world.files.get("b"), "the heel");
  assert.deepEqual([await world.stored("files"), await world.stored("blobs"), world.broken], [[], [], []]);
});

test("an endpoint that takes no files says so of each, and the words are sent", async () => {
  const world = new World();
  world.takesFiles = "nowhere";
  const page = world.open();
  await page.complain("c", [["a", "the sole"]]);
  await settle(300);
  assert.deepEqual([page.last("c"), page.last("a"), world.puts], ["sent", "rejected", 0]);
  assert.equal((await world.stored("blobs")).length, 1, "it stays until its customer deletes it");
  assert.equal(await page.desk().forget(), true);
  assert.deepEqual([await world.stored("files"), await world.stored("blobs")], [[], []]);
});

test("a refused file holds up no other, and one that is not wanted any more is not sent again", async () => {
  const world = new World();
  const page = world.open();
  const put = world.put.bind(world);
  world.put = (address, file, data) => (file.id == "a" ? (world.puts++, { status: 422 }) : put(address, file, data));
  await page.complain("c", [["a", "the sole"], ["b", "the heel"]]);
  await settle(300);
  assert.deepEqual([page.last("a"), page.last("b"), world.puts], ["rejected", "sent", 2]);
  await pass(3_600_000, 600_000);
  assert.equal(world.puts, 2);
});

test("no room for words and files at once: each is stored for itself, the words first", async () => {
  const world = new World();
  world.network = "down";
  const page = world.open();
  page.refuse((what) => what == "both");
  const change = await page.complain("c", [["a", "the sole"]]);
  assert.equal(change.state, "stored");
  await settle();
  // Alone it fits: it is stored after its words.
  assert.deepEqual([(await world.stored("items")).length, (await world.stored("blobs")).length, page.last("a")], [1, 1, "stored"]);
  world.network = "well";
  void page.outbox.hint();
  await pass(120_000);
  assert.equal(world.files.get("a"), "the sole");
});

test("no room for the files: the words are kept, and the files go while the page stays open", async () => {
  const world = new World();
  world.network = "down";
  const page = world.open();
  page.refuse((what) => what != "words");
  const change = await page.complain("c", [["a", "the sole"]]);
  await settle();
  assert.deepEqual([change.state, page.last("a")], ["stored", "unsaved"]);
  assert.deepEqual([(await world.stored("items")).length, (await world.stored("blobs")).length], [1, 0]);
  world.network = "well";
  page.refuse(() => false);
  void page.outbox.hint();
  await pass(120_000);
  assert.deepEqual([world.files.get("a"), page.last("a"), world.broken], ["the sole", "sent", []]);
});

/** What the customer's own view is told of files. */
const toldFiles = async (page: ReturnType<World["open"]>) =>
  JSON.parse(await page.shelf.told()).filter(({ kind }: any) => kind == "attachment").map(({ name, state }: any) => [name, state]);

test("the files of a refused complaint are given back with it, here and after a reload, and nothing waits any more", async () => {
  for (const reload of [false, true]) {
    const world = new World();
    const first = world.open();
    world.network = reload ? "down" : "422";
    await first.complain("c", [["a", "the sole"]]);
    await settle(200);
    if (reload) {
      first.die();
      world.network = "422";
    }
    const page = reload ? world.open() : first;
    void page.outbox.hint();
    await settle(300);
    await pass(120_000);
    assert.deepEqual([page.last("c"), page.last("a"), world.puts], ["rejected", "rejected", 0], String(reload));
    assert.equal((await world.stored("files"))[0].state, "rejected");
    assert.deepEqual(await toldFiles(page), [["a.jpg", "rejected"]]);
    assert.equal(page.waits(), false, "the next page view looks for nothing");
    // The customer sends it once more, on a line that is down for now: words, then the file.
    world.network = "down";
    await page.shelf.sendNow("c");
    await settle(60);
    assert.deepEqual([page.last("c"), await toldFiles(page), page.waits()], ["stored", [["a.jpg", "stored"]], true]);
    world.network = "well";
    await pass(120_000);
    assert.deepEqual([world.submissions.size, world.files.get("a"), await toldFiles(page)], [1, "the sole", []]);
    assert.deepEqual(world.broken, []);
  }
});

test("a refused file is seen after a reload, and is deleted or sent once more by its customer's word", async () => {
  const world = new World();
  const first = world.open();
  const put = world.put.bind(world);
  world.put = () => ({ status: 422 });
  await first.complain("c", [["a", "the sole"], ["b", "the heel"]]);
  await settle(300);
  first.die();
  const page = world.open();
  assert.deepEqual(await toldFiles(page), [["a.jpg", "rejected"], ["b.jpg", "rejected"]]);
  await page.shelf.remove("a");
  assert.deepEqual([(await world.stored("files")).map(({ id }) => id), (await world.stored("blobs")).length, page.last("a")], [["b"], 1, "deleted"]);
  world.put = put;
  await page.shelf.sendNow("b");
  await pass(120_000);
  assert.deepEqual([[...world.files], await toldFiles(page)], [[["b", "the heel"]], []]);
});

test("where what sends files did not come, they are listed as they lie in the store", async () => {
  const world = new World();
  world.network = "down";
  const first = world.open();
  await first.complain("c", [["a", "the sole"]]);
  first.die();
  assert.deepEqual(await toldFiles(world.open(false)), [["a.jpg", "stored"]]);
});

test("a receipt that the store will not take holds its files up no longer than they take, and is not sent for ever", async () => {
  const world = new World();
  const page = world.open();
  page.refuse((what) => what == "receipt");
  await page.complain("c", [["a", "the sole"]]);
  await settle(300);
  await pass(120_000);
  assert.deepEqual([page.last("c"), page.last("a"), world.files.get("a")], ["sent", "sent", "the sole"]);
  assert.deepEqual([await world.stored("items"), await world.stored("files"), page.waits()], [[], [], false]);
  // Files still on their way: the words wait for the receipt, which is written once the store takes it.
  const next = world.open();
  next.refuse((what) => what == "receipt");
  const put = world.put.bind(world);
  world.put = () => ({ status: 503 });
  await next.complain("d", [["b", "the heel"]]);
  await settle(300);
  assert.deepEqual([(await world.stored("items")).map(({ id }) => id), next.waits()], [["d"], true]);
  next.refuse(() => false);
  await pass(60_000);
  assert.deepEqual([await world.stored("items"), (await world.stored("receipts")).map(({ id }) => id)], [[], ["d"]]);
  next.die();
  world.put = put;
  void world.open().outbox.hint();
  await pass(120_000);
  assert.equal(world.files.get("b"), "the heel");
});

test("no room for anything: all of it is in the page's hands, and says so", async () => {
  const world = new World();
  world.network = "down";
  const page = world.open();
  page.refuse(() => true);
  const change = await page.complain("c", [["a", "the sole"]]);
  await settle();
  assert.deepEqual([change.state, page.last("a"), (await world.stored("blobs")).length], ["unsaved", "unsaved", 0]);
  world.network = "well";
  void page.outbox.hint();
  await pass(120_000);
  assert.deepEqual([world.submissions.size, world.files.get("a"), page.last("a")], [1, "the sole", "sent"]);
  assert.deepEqual(world.broken, []);
});

test("a photo on a slow line has the time it takes, and none has more than the receiver gives it", async () => {
  const world = new World();
  world.network = "down";
  const page = world.open();
  const kib = (count: number) => "x".repeat(count * 1024);
  await page.complain("c", [["1", kib(4)], ["2", kib(1024)], ["3", kib(3 * 1024)], ["4", kib(10 * 1024)]]);
  const files: FileItem[] = await world.stored("files");
  assert.deepEqual(files.map(({ endpoint }) => endpoint.timeout_seconds), [31, 286, 600, 600]);
});

test("the bytes of a photo that another page has sent do not stay in memory", async () => {
  const world = new World();
  world.network = "down";
  const first = world.open();
  await first.complain("c", [["a", "the sole"]]);
  await settle(200);
  collect();
  assert.notEqual(world.held[0]!.deref(), undefined, "it is this page's until it has arrived");
  world.network = "well";
  const second = world.open();
  void second.outbox.hint();
  await settle(300);
  assert.equal(second.last("a"), "sent");
  for (const change of second.changes) first.bring().heard(change);
  await settle(100);
  collect();
  assert.equal(world.held[0]!.deref(), undefined);
});

test("what cannot be read is told as that", async () => {
  const page = new World().open();
  const field = { value: "x" } as HTMLInputElement;
  const gone = { name: "gone.jpg", size: 5, arrayBuffer: () => Promise.reject(new Error("NotFoundError")) } as unknown as File;
  const shrunk = { name: "shrunk.jpg", size: 5, arrayBuffer: async () => new ArrayBuffer(4) } as unknown as File;
  const huge = { name: "huge.jpg", size: 11 * 1024 * 1024, arrayBuffer: () => Promise.reject(new Error("it is not read")) } as unknown as File;
  const well = new File([new Uint8Array([255, 216, 255])], "well.jpg");
  const told = JSON.parse(await page.bring().take(field, "1 2 3 4 ", [gone, shrunk, huge, well]));
  assert.deepEqual(told, [
    { id: "1", name: "gone.jpg", bytes: 5 }, { id: "2", name: "shrunk.jpg", bytes: 5 },
    { id: "3", name: "huge.jpg", bytes: 11 * 1024 * 1024 }, { id: "4", name: "well.jpg", bytes: 3, head: "\xff\xd8\xff" },
  ]);
  assert.equal(field.value, "", "the same file may be chosen again");
});

test("files go only where this page may send", () => {
  const check = (upload_url: unknown, page: string, expected: string) => assert.equal(uploadUrl({ upload_url }, page), expected);
  check("https://in.example/{id}?secret=1", "https://shop.example/", "https://in.example/%7Bid%7D?secret=1");
  check("/files/{id}", "https://shop.example/boots", "https://shop.example/files/%7Bid%7D");
  check("http://in.example/{id}", "https://shop.example/", "");
  check("http://127.0.0.1:8080/{id}", "http://127.0.0.1:9000/", "http://127.0.0.1:8080/%7Bid%7D");
  check("http://shop.test/{id}", "http://shop.test/boots", "http://shop.test/%7Bid%7D");
  check("javascript:alert(1)", "https://shop.example/", "");
  check(null, "https://shop.example/", "");
  check(" ", "https://shop.example/", "");
  check(7, "https://shop.example/", "");
  check(undefined, "https://shop.example/", "form");
  assert.equal(uploadUrl(undefined, "https://shop.example/"), "");
});

const networks: Network[] = ["well", "down", "cut", "503", "well", "down"];
const schedules = Number(process.env.UPLOAD_SCHEDULES ?? 60);

/** Customers hand in, pages die at any moment, the network fails, somebody deletes, one or all of it, or clears the browser. */
const live = async (seed: number): Promise<string[]> => {
  const random = seeded(seed);
  const world = new World(random);
  const kept = new Map<string, string>();
  const gone = new Set<string>();
  /** What the page that is open has handed in. */
  const here = new Set<string>();
  let page = world.open();
  let count = 0;
  for (let step = 0; step < 14; step++) {
    const draw = random();
    if (draw < 0.35) {
      const id = "c" + count++;
      const files = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, at): [string, string] => [`${id}-${at}`, `bytes of ${id} ${at} ${random()}`]);
      if (random() < 0.2) page.refuse((what) => what == "both" || random() < 0.5);
      const change = await page.complain(id, files);
      page.refuse(() => false);
      // What was called saved has to arrive; the rest is the page's, which may die.
      await settle(2);
      if (change.state == "stored") for (const [file, content] of files) if (page.last(file) == "stored") kept.set(file, content);
      here.add(id);
    } else if (draw < 0.55) {
      await settle(Math.floor(random() * 40));
      page.die();
      page = world.open();
      here.clear();
      void page.outbox.hint();
    } else if (draw < 0.62 && count) {
      const id = "c" + Math.floor(random() * count);
      await page.shelf.remove(id).catch(() => {});
      gone.add(id);
    } else if (draw < 0.66) {
      page.refuse((what) => what == "file" && random() < 0.7);
      await page.desk().forget();
      page.refuse(() => false);
      for (let at = 0; at < count; at++) gone.add("c" + at);
    } else if (draw < 0.7) {
      // What this page handed in is in its hands, whoever looks first.
      await world.clear();
      // A file whose words have arrived is this page's alone: nothing on the device names it any more.
      for (let at = 0; at < count; at++) if (!here.has("c" + at) || world.submissions.has("c" + at)) gone.add("c" + at);
      const looks = [() => page.bring().drain(), () => page.outbox.drain(), () => world.open(false).outbox.drain()];
      for (const look of looks.sort(() => random() - 0.5)) await Promise.race([look(), pass(20_000)]);
      // Files are stored again after their words.
      await pass(60_000);
    } else if (draw < 0.83) {
      world.network = networks[Math.floor(random() * networks.length)]!;
    } else {
      await pass(Math.floor(random() * 60_000));
    }
    await settle(Math.floor(random() * 30));
  }
  world.network = "well";
  page.die();
  page = world.open();
  void page.outbox.hint();
  await pass(1_800_000, 60_000);
  const broken = [...world.broken];
  for (const [file, content] of kept) {
    if (world.files.get(file) != content && !gone.has(file.split("-")[0]!)) broken.push(`${file} is lost`);
  }
  for (const { id, state } of await world.stored("files")) broken.push(`${id} is left as ${state}`);
  const blobs = (await world.stored("blobs")).length;
  if (blobs) broken.push(`${blobs} blobs are left`);
  page.die();
  return broken.map((what) => `seed ${seed}: ${what}`);
};

test(`${schedules} schedules: no file lost, none before its words, none left behind`, async () => {
  const one = process.env.UPLOAD_SEED;
  const broken: string[] = [];
  for (let seed = 1; seed <= (one ? 1 : schedules); seed++) broken.push(...(await live(one ? Number(one) : seed)));
  assert.deepEqual(broken, [], "replay with UPLOAD_SEED=<seed> node loader/tests/run.mjs uploads");
});
