// The libraries from npm, each set up as its own manual recommends for such texts: fields weighted, prefixes and typos on,
// any word of the query enough. Usage:
//   node peers.mjs quality SETS…           {library: {set: [[id, …] per query]}}
//   node --expose-gc peers.mjs speed LIBRARY FAQ QUERIES   {index_ms, query_us, worst_us, heap_mb}
import { readFileSync } from "node:fs";
import { create, insertMultiple, search } from "@orama/orama";
import FlexSearch from "flexsearch";
import Fuse from "fuse.js";
import lunr from "lunr";
import MiniSearch from "minisearch";

const LIMIT = 10;
/** Longer is not measured at one thing. */
const SECONDS_MAX = 4;

/** Each gives, for the entries, a function from a query to ids, best first. */
const LIBRARIES = {
  minisearch(entries) {
    const index = new MiniSearch({
      fields: ["question", "answer"],
      searchOptions: { boost: { question: 3 }, prefix: true, fuzzy: 0.2 },
    });
    index.addAll(entries);
    return (query) => index.search(query).slice(0, LIMIT).map((hit) => hit.id);
  },
  "fuse.js"(entries) {
    const index = new Fuse(entries, {
      keys: [{ name: "question", weight: 3 }, { name: "answer", weight: 1 }],
      ignoreLocation: true,
      threshold: 0.4,
      useTokenSearch: true,
    });
    return (query) => index.search(query, { limit: LIMIT }).map((hit) => hit.item.id);
  },
  lunr(entries) {
    const index = lunr(function () {
      this.ref("id");
      this.field("question", { boost: 3 });
      this.field("answer");
      for (const entry of entries) this.add(entry);
    });
    return (query) => {
      const hits = index.query((wanted) => {
        for (const term of lunr.tokenizer(query).map(String)) {
          wanted.term(term, { boost: 10 });
          wanted.term(term, { boost: 3, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
          if (term.length > 3) wanted.term(term, { boost: 1, usePipeline: false, editDistance: 1 });
        }
      });
      return hits.slice(0, LIMIT).map((hit) => hit.ref);
    };
  },
  flexsearch(entries, dense) {
    const encoder = dense ? FlexSearch.Charset.CJK : FlexSearch.Charset.LatinAdvanced;
    const index = new FlexSearch.Document({
      document: { id: "id", index: ["question", "answer"] },
      tokenize: "forward",
      encoder,
    });
    for (const entry of entries) index.add(entry);
    return (query) => {
      const found = index.search(query, { limit: LIMIT, suggest: true, merge: true });
      return found.slice(0, LIMIT).map((hit) => hit.id);
    };
  },
  orama(entries) {
    const index = create({
      schema: { question: "string", answer: "string" },
      components: { tokenizer: { stemming: true } },
    });
    insertMultiple(index, entries, entries.length + 1);
    return (query) => {
      const found = search(index, {
        term: query,
        limit: LIMIT,
        threshold: 1,
        tolerance: 1,
        boost: { question: 3 },
      });
      return found.hits.map((hit) => hit.id);
    };
  },
};

const read = (path) => JSON.parse(readFileSync(path, "utf8")).entries;

function queriesOf(path) {
  const [head, ...rows] = readFileSync(path, "utf8").trimEnd().split("\n").map((line) => line.split("\t"));
  return rows.map((row) => row[head.indexOf("query")]);
}

/** The three with spaces as one, named as in `sets.rs`. */
function together(paths) {
  const name = (path) => path.split("/").pop();
  return {
    entries: paths.flatMap((path) =>
      read(`${path}.json`).map((entry) => ({ ...entry, id: `${name(path)}-${entry.id}` }))),
    queries: paths.flatMap((path) => queriesOf(`${path}.tsv`)),
  };
}

function quality(folders) {
  const out = {};
  const all = together(folders.slice(0, 3));
  for (const [name, make] of Object.entries(LIBRARIES)) {
    out[name] = {};
    for (const path of folders) {
      const set = path.split("/").pop();
      const find = make(read(`${path}.json`), ["zh", "ja", "th"].includes(set));
      out[name][set] = queriesOf(`${path}.tsv`).map((query) => find(query));
    }
    const find = make(all.entries, false);
    out[name].together = all.queries.map((query) => find(query));
  }
  return out;
}

function held() {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function speed(name, faq, queries) {
  const entries = read(faq);
  const asked = queriesOf(queries);
  globalThis.gc();
  const before = held();
  const find = LIBRARIES[name](entries);
  globalThis.gc();
  const heap = held() - before;
  const times = [];
  // The first builds warm the compiler up; the fastest is reported.
  const begun = performance.now();
  do {
    const start = performance.now();
    LIBRARIES[name](entries);
    times.push(performance.now() - start);
  } while (times.length < 5 && performance.now() - begun < SECONDS_MAX * 1000);
  for (const query of asked.slice(0, 5)) find(query);
  // Some take seconds for one complaint: as many as fit are asked, in an order that mixes the kinds.
  let [worst, count] = [0, 0];
  const start = performance.now();
  while (count < asked.length && performance.now() - start < SECONDS_MAX * 1000) {
    const from = performance.now();
    find(asked[(count * 89) % asked.length]);
    worst = Math.max(worst, performance.now() - from);
    count += 1;
  }
  const spent = performance.now() - start;
  return {
    index_ms: Math.min(...times),
    query_us: (spent * 1000) / count,
    worst_us: worst * 1000,
    heap_mb: heap / 1048576,
  };
}

const [task, ...rest] = process.argv.slice(2);
const result = task === "quality" ? quality(rest) : speed(...rest);
process.stdout.write(`${JSON.stringify(result)}\n`);
