// Shows that the tests of the sender bite: breaks it in one place after the other, and expects the simulation, or the tests
// of one file, to notice.
//
//   node loader/tests/mutations.mjs [schedules] [part of a name]
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const [, , schedules = "4000", only = ""] = process.argv;

/** [what is broken, file, text, what stands there instead, who has to notice]. A text that is no longer there, or is there
 *  twice, ends it all. */
const mutations = [
  ["nothing is broken", "machine", "", ""],
  ["a captive portal's 200 is believed", "machine", 'endpoint.receipt != "strict" ||', "true ||"],
  ["a 503 is a refusal", "machine", "/^4(?!0[89]|2[59])/", "/^[45](?!0[89]|2[59])/"],
  ["Retry-After is no floor for hints", "machine", "until_ms: gate.floor_ms", "until_ms: 0"],
  ["Retry-After is ignored", "machine", "outcome.retry_after_ms ?? 0", "0"],
  ["a gate never opens by itself", "machine", ")?.until_ms ?? 0,", ")?.until_ms ? Infinity : 0,"],
  ["a held item is never tried again", "machine", "now + heldMs", "Infinity"],
  ["age expires without a further day", "machine", "now - late_ms >= lateMsMax", "true"],
  ["the poisoned item stays first", "machine", "turn(a, now) - turn(b, now) ||", ""],
  ["a jump of the clock closes the gate", "machine", "gate && gate.until_ms - now <= waitMsMax && gate.set_ms <= now + clockSkewMsMax &&", ""],
  ["no lock is ever taken from a frozen page", "outbox", "ports._lock(id, isStuck,", "ports._lock(id, false,"],
  ["what is unsaved is called saved", "outbox", 'unsaved.has(id) && !/^(sent|rej|exp)/.test(state) ? "unsaved" : state', "state"],
  ["a store that refuses the lease stops the sending", "outbox", "(gates == since ? how(kept = item) : undefined)", "{ throw 0; }"],
  ["what could not be stored is never stored later", "outbox", "[...memory].map(rescue)", "[]"],
  ["an unreadable store is an empty one", "outbox", "blind = true;\n      return [[...own.values()], known] as const;", "return [[], known] as const;", "outbox"],
  ["leftovers stay", "outbox", "leftovers.set(id, row);", "", "outbox"],
  ["a cleared browser is not noticed", "outbox", "[...own, ...memory]", "[]"],
  ["the mark goes while something waits", "outbox", "blind || leftovers.size + memory.size + waiting.length > 0", "false"],
  ["a delivered item stays", "outbox", "await discard(id, row).catch(() => {});", "", "outbox"],
  ["the item is deleted before it is sent", "outbox", 'report(item, "sending");', 'report(item, "sending"); await store._finish(item.id, undefined);'],
  ["a store that refuses is taken at its word", "outbox", "([, refused]) => refused, () => true", "() => false, () => false"],
  ["nobody wakes for the next try", "outbox", "return ports._alarm(", "return void ("],
  ["what was received is stored again", "outbox", "const why = done.has(id) ||", "const why =", "outbox"],
  ["a receipt that could not be written is forgotten", "outbox", "leftovers.set(id, leftovers.get(id));", "leftovers.set(id, undefined);", "outbox"],
  ["files are left behind by a submission without a receipt", "store", "if (row === undefined && files.some(isWaiting)) throw id;", "", "uploads"],
  ["the words wait for a receipt for ever", "store", "files.some(isWaiting)", "item", "uploads"],
  ["a deleted complaint leaves its files", "store", "if (row === null) for", "if (false) for", "uploads_deleted"],
  ["words are stored without their files", "store", "also?.(stores);", "", "uploads"],
  ["files go before their words", "uploads", "_due: (item) => urls.has((item as FileItem).after)", "_due: () => true", "uploads"],
  ["the files of what was refused wait for ever", "uploads", "items.some((item) => item.id == after && isWaiting(item))", "items.some((item) => item.id == after)", "uploads"],
  ["files do not follow words that are sent once more", "uploads", "if (waits && !urls.get(after)) urls.delete(after);", "", "uploads"],
  ["a file that is not wanted is sent again and again", "uploads", "if (!url || (url == itself && !file.along)) return { status: 415 };", "if (!url || (url == itself && !file.along)) return {};", "uploads"],
  ["a file is given back because the store was slow", "uploads", "return data === null ? {} : { status: 415 };", "return { status: 415 };", "uploads"],
  ["an arrived file stays", "uploads", "if (file) erase(stores, file);", "", "uploads"],
  ["no room for all of it is no room for the words", "uploads", "refused ?? await store._add(item).catch(() => true)", "refused ?? true", "uploads"],
  ["a file stands in the store without its words", "uploads", 'if (!named.some((count) => count)) return "waits for its words";', "", "uploads"],
  ["deleting leaves a file on its way", "uploads", "flights.get(id)?.abort();", "", "uploads_deleted"],
  ["deleting everything leaves what is in the page alone", "desk", "void extra()?.then((it) => it?.forget());", "", "uploads_deleted"],
  ["what could not be deleted at once is kept", "desk", 'heard({ id, kind, state: "deleted" })', "void id, void heard, void kind", "uploads_deleted"],
  ["a file that could not be deleted at once is kept where its sender did not come", "desk", "[item.id, item.after ?? item.id]", "[item.id]", "uploads_deleted"],
  ["a browser that was cleared is noticed by nobody", "store", "if (born && born != own) lost();", "", "uploads_deleted"],
  ["a browser that was cleared is noticed by the words alone", "uploads", "open(() => outbox.lost())", "open(() => {})", "uploads_deleted"],
  ["a slow line never delivers a photo", "uploads", "bytesASecondMin = 4096", "bytesASecondMin = 16384", "uploads"],
  ["a photo that another page has sent stays in memory", "uploads", "outbox.heard(change);\n          chosen.delete(id);", "outbox.heard(change);", "uploads"],
  ["a file's row is not deleted by its own name", "shelf", "item.id == id && isFile(item)", "false", "uploads"],
  ["files without their sender are not listed", "shelf", ": all;", ": all.filter((item) => !isFile(item));", "uploads"],
  ["files go to any address", "uploads", 'url.protocol == "https:" ||', "true ||", "uploads"],
  ["a date is read by the device's clock", "network", '(Date.parse(headers.get("date")!) || now)', "now", "fuzz"],
  ["a wish has no end", "machine", "Math.min(outcome.retry_after_ms ?? 0, waitMsMax)", "(outcome.retry_after_ms ?? 0)", "fuzz"],
  ["a template finds what no submission has", "shape", "Object.hasOwn(Object(at), name) ? at[name] : undefined", "at?.[name]", "fuzz"],
  ["values become texts", "shape", "whole ? find(from, whole[1]!)", "whole ? asText(find(from, whole[1]!))", "fuzz"],
  ["what is unknown stands in lists", "shape", "value.map(write).filter((one) => one)", "value.map(write)", "fuzz"],
  ["words are read as patterns", "shape", "(_, paths) => asText(find(from, paths))", 'asText(find(from, /{{\\s*([^{}]*?)\\s*}}/.exec(template)?.[1] ?? "."))', "fuzz"],
  ["a page that calls all functions native is believed", "realm", "&& !looksNative(looksNative)", "", "realm"],
  ["every name is a format", "shape", "__proto__: null, form", "form", "fuzz"],
  ["a redirect is followed", "network", 'redirect : "manual"', 'redirect : "follow"', "network"],
  ["what is stopped goes on", "network", "signal,\n", "\n", "network"],
  ["without the rest of the answer its status is nothing", "network", "known = { status, retry", "const all = { status, retry", "network"],
];

const run = async ([what, file, from, to, test = "simulation"], at) => {
  const path = join(root, "loader/src/sender", file + ".ts");
  const source = readFileSync(path, "utf8");
  const outfile = join(root, "target/loader-mutations", at + ".mjs");
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [join(here, test + ".test.ts")], outfile, bundle: true, platform: "node", format: "esm", target: "node20",
    external: ["fake-indexeddb", "fake-indexeddb/*"],
    logLevel: "error",
    plugins: [{
      name: "break",
      setup: (api) => api.onLoad({ filter: new RegExp(`sender/${file}\\.ts$`) }, () => ({ contents: source.replace(from, () => to), loader: "ts" })),
    }],
  });
  const env = { ...process.env, SENDER_SCHEDULES: schedules, UPLOAD_SCHEDULES: "12" };
  const { status, stdout } = spawnSync(process.execPath, ["--test", outfile], { env, encoding: "utf8", timeout: 600_000 });
  const found = /seed \d+: [^'"\n]*|(?<=not ok \d+ - )(?!.*schedules).*/.exec(stdout)?.[0] ?? (status ? "it never ends" : "");
  const right = (status === 0) === !from;
  console.log(`${right ? "ok  " : "MISS"} ${what}${found && `: ${found}`}`);
  return right;
};

for (const [what, file, from] of mutations) {
  const times = readFileSync(join(root, "loader/src/sender", file + ".ts"), "utf8").split(from).length - 1;
  if (from && times != 1) throw new Error(`${what}: the text is ${times} times in ${file}.ts`);
}
const results = [];
for (const [at, mutation] of mutations.entries()) if (mutation[0].includes(only)) results.push(await run(mutation, at));
console.log(`${results.filter(Boolean).length} of ${results.length} as expected`);
process.exit(results.every(Boolean) ? 0 : 1);
