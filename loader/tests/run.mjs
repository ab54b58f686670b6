// Bundles every test with esbuild and hands them to Node's test runner, whose output is the last word. A word given
// picks the tests with it in their name.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cssText } from "../build.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const outdir = join(root, "target/loader-tests");

const entryPoints = readdirSync(here).filter((name) => name.endsWith(".test.ts") && name.includes(process.argv[2] ?? "")).map((name) => join(here, name));
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints,
  outdir,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  outExtension: { ".js": ".mjs" },
  external: ["fake-indexeddb", "fake-indexeddb/*"],
  plugins: [cssText],
  sourcemap: "inline",
  logLevel: "warning",
});
const tests = readdirSync(outdir).filter((name) => name.endsWith(".mjs")).map((name) => join(outdir, name));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...tests], { stdio: "inherit", cwd: root });
process.exit(status ?? 1);
