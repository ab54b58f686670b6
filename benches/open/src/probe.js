// Runs in the page before any other script. Times are those of `performance.now()`.
(() => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const deep = (selector) => {
    for (const host of document.querySelectorAll("*")) {
      const found = host.shadowRoot?.querySelector(selector);
      if (found) return found;
    }
  };
  const seen = (node) =>
    node?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && node.getBoundingClientRect().width > 0;
  const until = async (look) => {
    for (;;) {
      const found = look();
      if (found) return found;
      await frame();
    }
  };

  const count = (node) => {
    let sum = 1 + (node.shadowRoot ? count(node.shadowRoot) : 0);
    for (const child of node.childNodes) sum += count(child);
    return sum;
  };

  // Chromium's own query for them hangs on a page whose modules share one memory.
  const memories = [];
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...values) => {
    const made = await instantiate.apply(WebAssembly, values);
    const { memory } = (made.instance ?? made).exports;
    if (memory) memories.push(new WeakRef(memory));
    return made;
  };

  const bench = (window.bench = {
    wait: (ms) => new Promise((done) => setTimeout(done, ms)),
    nodes: () => count(document),
    /** The bytes of all WASM memories that are still held. */
    wasm: () =>
      [...new Set(memories.map((it) => it.deref()))].reduce((sum, it) => sum + (it?.buffer.byteLength ?? 0), 0),
    /** Where the launcher is, as soon as it can be pressed. */
    launcher: async () => {
      const button = await until(() => [deep(".launcher")].find(seen));
      const { x, y, width, height } = button.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    /** When the first control is there, visible and focusable; looked at once a frame since the press. */
    usable: async (selector) => {
      await until(() => bench.pressed);
      const entry = await until(() => [deep(selector)].find((it) => seen(it) && it.tabIndex >= 0 && it.matches(":enabled")));
      const at = performance.now();
      performance.mark("bench-usable");
      entry.focus();
      if (entry.getRootNode().activeElement != entry) throw new Error("the first control takes no focus");
      return { pressed: bench.pressed, usable: at };
    },
    /** When the widget itself stood there; the menu that was shown before gives way to it. */
    complete: () => until(() => bench.mounted),
    closed: () => until(() => !deep("dialog[open]")),
    resources: () =>
      performance.getEntriesByType("resource").map((it) => ({
        file: it.name.split("/").pop(),
        by: it.initiatorType,
        start: Math.round(it.startTime - (bench.pressed ?? 0)),
        end: Math.round(it.responseEnd - (bench.pressed ?? 0)),
        bytes: it.transferSize,
      })),
  });

  addEventListener("all-ears:ready", () => requestAnimationFrame(() => (bench.mounted = performance.now())));
  addEventListener(
    "pointerdown",
    (event) => {
      bench.pressed = event.timeStamp;
      performance.mark("bench-pressed", { startTime: event.timeStamp });
    },
    true,
  );
})();
