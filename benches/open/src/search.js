// Measures the search in this page: `glue` and `module` are the build of benches/search-wasm, the module as base64.
// Times are in milliseconds; the first build is what a visitor waits for, before the browser has made it faster.
async (glue, module, faq, queries, budget) => {
  const bytes = Uint8Array.from(atob(module), (letter) => letter.charCodeAt(0));
  const { default: init, Faq } = await import("data:text/javascript;charset=utf-8," + encodeURIComponent(glue));
  const { memory } = await init({ module_or_path: bytes });
  const builds = 5, copies = 4, queriesMsMax = 20000;
  const entries = new Faq(faq);
  // A turn of the browser between two steps, as the widget takes one.
  const turn = () => new Promise((done) => setTimeout(done));
  const build = async () => {
    let [whole, longest, steps] = [0, 0, 0];
    const time = (work) => {
      const start = performance.now();
      const result = work();
      const spent = performance.now() - start;
      whole += spent;
      return [result, spent];
    };
    const [, lists] = time(() => entries.begin());
    for (let done = false; !done; steps += 1) {
      let spent;
      [done, spent] = time(() => entries.step(budget));
      longest = Math.max(longest, spent);
      await turn();
    }
    return { whole, longest, lists, steps };
  };
  const first = await build();
  const all = [first];
  while (all.length < builds) all.push(await build());
  const best = all.reduce((one, other) => (other.whole < one.whole ? other : one));
  const times = [];
  const begun = performance.now();
  for (const query of queries) {
    const start = performance.now();
    entries.search(query);
    times.push(performance.now() - start);
    if (performance.now() - begun > queriesMsMax) break;
  }
  times.sort((one, other) => one - other);
  entries.copy();
  const before = memory.buffer.byteLength;
  for (let at = 0; at < copies; at += 1) entries.copy();
  return {
    entries: entries.len(), first_ms: first.whole, first_longest_ms: first.longest, lists_ms: first.lists, steps: first.steps,
    best_ms: best.whole, best_longest_ms: best.longest,
    queries: times.length, query_ms: times.reduce((sum, one) => sum + one, 0) / times.length,
    middle_ms: times[times.length >> 1], worst_ms: times[times.length - 1],
    memory_mb: (memory.buffer.byteLength - before) / copies / 1048576,
  };
}
