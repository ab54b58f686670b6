// The browser's own functions. A page that has put others in their place (shims, blockers, mistakes) keeps them for
// itself: the sender takes fresh ones from an empty frame.

type Realm = typeof globalThis;

let frame: HTMLIFrameElement | undefined;

/** Whether a function is the browser's. What is bound, or behind a proxy, is native code too, and has no name there. */
export const isNative = (one: Function): boolean =>
  /^\s*function \w+\(\)\s*{\s*\[native code]/.test(Function.prototype.toString.call(one));

/** Where `fetch`, the timers and the clock are what the browser made them. */
export const realm = (): Realm => {
  try {
    // Whoever looks into functions is looked into as well.
    if ([Function.prototype.toString, fetch, setTimeout, clearTimeout, Date, Date.now].every(isNative)) return globalThis;
    // A frame that was swept away with the page's content runs nothing any more.
    if (!frame?.isConnected) {
      frame = document.createElement("iframe");
      frame.hidden = true;
      document.documentElement.append(frame);
    }
    return frame.contentWindow as unknown as Realm ?? globalThis;
  } catch {
    // No frame of ours may be looked into (a sandbox): what the page has left must do.
    return globalThis;
  }
};

/** Hears events of the page, also those that only its document is told of; or stops hearing them. */
export const listen = (how: "add" | "remove", names: string, hear: (event: Event) => void): void => {
  for (const name of names.split(" ")) globalThis[`${how}EventListener`]?.(name, hear, true);
};
