// Shows that the tests of the sender bite: breaks it in one place after the other, and expects the simulation to notice.
//
//   node loader/tests/mutations.mjs [schedules]
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const schedules = process.argv[2] ?? "4000";

/** [what is broken, file, text, what stands there instead] */
const mutations = [
  ["nothing is broken", "machine", "", ""],
  ["a captive portal's 200 is believed", "machine", 'if (item.endpoint.receipt == "strict" && receipt?.id !== item.id) return { state: "stored" };', ""],
  ["a 503 is a refusal", "machine", "status < 500 && !againStatuses", "status < 600 && !againStatuses"],
  ["Retry-After is no floor for hints", "machine", "until_ms: gate.floor_ms", "until_ms: 0"],
  ["Retry-After is ignored", "machine", "outcome.retry_after_ms ?? 0", "0"],
  ["a gate never opens by itself", "machine", "Math.max(gate?.until_ms ?? 0, held, leased)", "Math.max(gate ? Infinity : 0, held, leased)"],
  ["a held item is never tried again", "machine", "now + heldMs", "Infinity"],
  ["age expires without a further day", "machine", "now - late_ms >= lateMsMax", "true"],
  ["the poisoned item stays first", "machine", "turn(a) - turn(b) ||", ""],
  ["a jump of the clock closes the gate", "machine", "gate.until_ms - now <= waitMsMax && gate.set_ms <= now + clockSkewMsMax", "true"],
  ["no lock is ever taken from a frozen page", "outbox", "isStuck(item), () =>", "false, () =>"],
  ["what is unsaved is called saved", "outbox", 'unsaved.has(id) && state != "sent" ? "unsaved" : state', "state"],
  ["a store that refuses the lease stops the sending", "outbox", "changed = how(item);", "throw 0;"],
  ["what could not be stored is never stored later", "outbox", "[...memory].map(rescue)", "[]"],
  ["an unreadable store is an empty one", "outbox", "blind = true;", ""],
  ["leftovers stay", "outbox", "leftovers.set(id, row);", ""],
  ["a cleared browser is not noticed", "outbox", "[...own, ...memory]", "[]"],
  ["the mark goes while something waits", "outbox", "blind || leftovers.size + waiting.length > 0", "false"],
  ["a delivered item stays", "outbox", "await discard(id, row).catch(() => {});", ""],
  ["the item is deleted before it is sent", "outbox", 'report(item, "sending");', 'report(item, "sending"); await store.finish(item.id, undefined);'],
  ["a store that refuses is taken at its word", "outbox", "const [why] =", "const [] = [0]; const why = undefined; const [unused] ="],
  ["nobody wakes for the next try", "outbox", "ports.alarm(wait < Infinity", "ports.alarm(wait < 0"],
];

const run = async ([what, file, from, to], at) => {
  const path = join(root, "loader/src/sender", file + ".ts");
  const source = readFileSync(path, "utf8");
  if (!source.includes(from)) throw new Error(`${what}: the text is no longer in ${file}.ts`);
  const outfile = join(root, "target/loader-mutations", at + ".mjs");
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    entryPoints: [join(here, "simulation.test.ts")], outfile, bundle: true, platform: "node", format: "esm", target: "node20",
    logLevel: "error",
    plugins: [{
      name: "break",
      setup: (api) => api.onLoad({ filter: new RegExp(`sender/${file}\\.ts$`) }, () => ({ contents: source.replace(from, () => to), loader: "ts" })),
    }],
  });
  const env = { ...process.env, SENDER_SCHEDULES: schedules };
  const { status, stdout } = spawnSync(process.execPath, ["--test", outfile], { env, encoding: "utf8", timeout: 600_000 });
  const found = /seed \d+: [^'"\n]*/.exec(stdout)?.[0] ?? (status ? "it never ends" : "");
  const right = (status === 0) === !from;
  console.log(`${right ? "ok  " : "MISS"} ${what}${found && `: ${found}`}`);
  return right;
};

const results = [];
for (const [at, mutation] of mutations.entries()) results.push(await run(mutation, at));
console.log(`${results.filter(Boolean).length} of ${results.length} as expected`);
process.exit(results.every(Boolean) ? 0 : 1);
