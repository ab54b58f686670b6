// Bundles the TypeScript and JavaScript of All Ears with esbuild, and has Terser make it smaller still.
//
//   node loader/build.mjs '<json>'        prints one line of JSON: what was written
//
// Four phases, because the sender, the panel and the loader hold the hashes of what they fetch:
//
//   in   {"phase":"chunks","outdir":"dist","glue":"target/…/all_ears.js"}
//        Writes uploads.js, shape.js, shelf.js, plain.js and widget.js: the output of wasm-bindgen (`--target web`) as one ES module that
//        exports `start`, which takes the compiled module, and `mount`.
//   out  {"files":{"uploads":"dist/uploads.js","plain":"dist/plain.js","widget":"dist/widget.js"}}
//        The caller renames them by hash, and computes integrity.
//
//   in   {"phase":"sender","outdir":"dist","files":{"uploads":["uploads.ab12cd34.js","sha384-…"]}}
//        Writes sender.js. The file that sends files becomes `__UPLOADS__`.
//   out  {"files":{"sender":"dist/sender.js"}}
//
//   in   {"phase":"pack","outdir":"dist","modules":{"widget":"target/…/widget.wasm"}}
//        Writes each module packed (pack/pack.ts), once it is seen that the visitor's own unpacking gives a module again.
//   out  {"files":{"widget":"dist/widget.wasm"}}
//
//   in   {"phase":"panel","outdir":"dist","css":"target/…/widget.css","files":{"plain":["plain.ab12cd34.js","sha384-…"],
//         "keys":[…]}}
//        Writes panel.js. The files become `__LATER__`; the sheet is what `import css from "widget.css"` gives.
//   out  {"files":{"panel":"dist/panel.js"}}
//
//   in   {"phase":"loader","outdir":"dist","version":"0.1.0","files":{"widget":["widget.ab12cd34.js","sha384-…"],
//         "wasm":[…],"sender":[…],"panel":[…],"locales":{"en":[…],"zh-Hans":[…]}}}
//        Writes all-ears.js, a classic script. The files must lie in `dist` ("dist" beside `loader/` if not given): their
//        integrity is checked, and the loader gets the shorter SHA-256 of the same bytes. `files` becomes `__FILES__`, `version` `__VERSION__`. `__LABELS__`
//        is read from locales/<tag>/messages.json (`launcher.label`, `panel.close`) for each tag in `files.locales`;
//        `labels` ({"en":["launcher label","close label"]}) replaces that.
//   out  {"files":{"loader":"dist/all-ears.js"}}
//
// Paths are read from the working directory. `build(options)` is the same as a function.
import { build as esbuild, transform } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { minify } from "terser";

const here = dirname(fileURLToPath(import.meta.url));

/** Minifies a sheet; nesting and new functions stay as written. */
const minifyCss = async (text) => (await transform(text, { loader: "css", minify: true, target: "esnext" })).code.trim();

/** `import css from "./x.css"` gives the minified text. */
export const cssText = {
  name: "css-text",
  setup(api) {
    api.onLoad({ filter: /\.css$/ }, async ({ path }) => ({
      contents: await minifyCss(await readFile(path, "utf8")),
      loader: "text",
    }));
  },
};

const common = {
  bundle: true,
  minify: true,
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  mangleProps: /^_[a-z]/,
  plugins: [cssText],
  // Modules and the loader are strict or need not be; the directive would be bytes.
  tsconfigRaw: {},
  absWorkingDir: resolve(here, ".."),
  logLevel: "error",
};

/** Bundles, and has Terser go over the result once more: what it gives packs 2 to 8 percent smaller. */
const bundle = async ({ outfile, ...options }) => {
  const { outputFiles } = await esbuild({ ...common, ...options, write: false });
  const { code } = await minify(outputFiles[0].text, { ecma: 2022, module: options.format === "esm" });
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, code);
};

const readLabels = async (tags) =>
  Object.fromEntries(
    await Promise.all(
      tags.map(async (tag) => {
        const texts = JSON.parse(await readFile(join(here, "../locales", tag, "messages.json"), "utf8"));
        return [tag, [texts["launcher.label"], texts["panel.close"], texts["launcher.again"]]];
      }),
    ),
  );

/** wasm-bindgen's own ways to start fetch, compile and warn. What the panel hands over is compiled: this is all it takes. */
const startOnly = {
  name: "start-only",
  setup(api) {
    api.onLoad({ filter: /widget\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")) + `
        export const start = async (module) =>
          __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);`,
      loader: "js",
    }));
  },
};

const buildChunks = async ({ outdir, glue }) => {
  const files = {};
  for (const [name, path] of [["uploads", "sender/uploads.ts"], ["shape", "sender/shape.ts"], ["shelf", "sender/shelf.ts"], ["plain", "plain.ts"]]) {
    files[name] = join(outdir, name + ".js");
    await bundle({ entryPoints: [join(here, "src", path)], outfile: resolve(files[name]), format: "esm" });
  }
  files.widget = join(outdir, "widget.js");
  await bundle({
    // wasm-bindgen's own names begin with underscores and are shared with the WASM.
    mangleProps: undefined,
    stdin: { contents: `export { start, mount } from ${JSON.stringify(resolve(glue))};\n`, resolveDir: here },
    plugins: [startOnly],
    outfile: resolve(files.widget),
    format: "esm",
  });
  return { files };
};

const buildSender = async ({ outdir, dist, files }) => {
  const outfile = join(outdir, "sender.js");
  const { uploads } = await shortenAll(files, dist);
  await bundle({
    entryPoints: [join(here, "src/sender/sender.ts")],
    outfile: resolve(outfile),
    format: "esm",
    define: { __UPLOADS__: JSON.stringify(uploads) },
  });
  return { files: { sender: outfile } };
};

/** Our own TypeScript, to be run here. */
const run = async (path) => {
  const { outputFiles } = await esbuild({ ...common, entryPoints: [join(here, "src", path)], write: false, format: "esm" });
  return import("data:text/javascript," + encodeURIComponent(outputFiles[0].text));
};

const packModules = async ({ outdir, modules }) => {
  const { pack } = await run("../pack/pack.ts");
  const files = {};
  await mkdir(outdir, { recursive: true });
  for (const [name, path] of Object.entries(modules)) {
    const { packed, module } = pack(await readFile(path), "all-ears");
    await WebAssembly.compile(module);
    files[name] = join(outdir, name + ".wasm");
    await writeFile(files[name], packed);
  }
  return { files };
};

const buildPanel = async ({ outdir, dist, css, files }) => {
  const outfile = join(outdir, "panel.js");
  await bundle({
    entryPoints: [join(here, "src/attach.ts")],
    outfile: resolve(outfile),
    format: "esm",
    alias: { "widget.css": resolve(css) },
    define: { __LATER__: JSON.stringify(await shortenAll(files, dist)) },
  });
  return { files: { panel: outfile } };
};

/** The loader's short form of a file: its name and its SHA-256, which is taken from the built file once that file
 *  has been found to be the one that the caller's integrity names. */
const shorten = async ([name, integrity], dist) => {
  const content = await readFile(join(dist, name));
  const [algorithm, expected] = integrity.split(/-(.*)/s);
  if (createHash(algorithm).update(content).digest("base64") !== expected) throw new Error(name + " differs");
  // It always ends in one "=", which the loader puts back.
  return name + " " + createHash("sha256").update(content).digest("base64").slice(0, -1);
};

const shortenAll = async (files, dist) => {
  const short = {};
  for (const [role, file] of Object.entries(files)) short[role] = await shorten(file, dist ?? join(here, "../dist"));
  return short;
};

const buildLoader = async ({ outdir, dist, files: { locales, ...roles }, version, labels }) => {
  const outfile = join(outdir, "all-ears.js");
  const files = await shortenAll({ ...roles, ...locales }, dist);
  await bundle({
    entryPoints: [join(here, "src/all-ears.ts")],
    outfile: resolve(outfile),
    format: "iife",
    define: {
      __FILES__: JSON.stringify(files),
      __LABELS__: JSON.stringify(labels ?? (await readLabels(Object.keys(locales)))),
      __VERSION__: JSON.stringify(version ?? ""),
    },
  });
  return { files: { loader: outfile } };
};

const phases = { chunks: buildChunks, pack: packModules, sender: buildSender, panel: buildPanel, loader: buildLoader };

export const build = (options) => phases[options.phase](options);

if (process.argv[1] && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  console.log(JSON.stringify(await build(JSON.parse(process.argv[2] ?? "{}"))));
}
