// The one script tag: defines `<all-ears>`, opens the command queue, and wakes the sender if something waits.
import { createCommands, type Call } from "./commands";
import { start } from "./element";
import { files, load, script } from "./files";

const name = "all-ears";
const page = window as any;

if (!customElements.get(name)) {
  const { call, join, leave } = createCommands(document);

  /** A link to one answer, `#all-ears-answer=returns`; whoever opens it reads which. */
  const follow = () => /#all-ears-answer/.test(location as any) && call("open", "answer");

  class AllEars extends HTMLElement {
    _life?: ReturnType<typeof start>;

    connectedCallback() {
      addEventListener("hashchange", follow);
      if (!this._life) join((this._life = start(this, this.shadowRoot || this.attachShadow({ mode: "open" }))));
    }

    disconnectedCallback() {
      // A move within the page takes the element away and brings it back at once.
      queueMicrotask(() => {
        if (this.isConnected || !this._life) return;
        leave(this._life);
        this._life = this._life.destroy();
        if (!document.querySelector(name)) removeEventListener("hashchange", follow);
      });
    }
  }
  customElements.define(name, AllEars);

  const queued: Iterable<unknown>[] = page.allEars?.q || [];
  page.allEars = call;
  // Once the tag's own element stands there, which is asked first.
  queueMicrotask(() => queued.forEach((values) => call(...(values as unknown as Call))));
  queueMicrotask(follow);

  (page.requestIdleCallback || setTimeout)(async () => {
    try {
      // The mark is written twice: localStorage is lost when a browser is killed in the seconds after.
      const mark = "all-ears:pending";
      // Firefox names no database at all once it was killed while it made one: then something may wait.
      const waits = localStorage[mark] || await indexedDB.databases().then((all) => all.some(({ name }) => name == mark), () => 1);
      if (waits) (await load(files.sender)).createSender(load).drain();
    } catch {
      // No storage, so nothing waits in it.
    }
  });
}

// A tag that says where to send stands for one floating element. It hangs beside the body, where neither a page that
// swaps its body nor a transformed body reaches it.
const data = script.dataset;
if ((data.config || data.endpoint) && !document.querySelector(name + "[data-auto]")) {
  const element = document.createElement(name);
  for (const key in data) element.setAttribute(key, data[key]!);
  element.dataset.auto = "";
  document.documentElement.append(element);
}
