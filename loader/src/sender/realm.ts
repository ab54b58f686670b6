// The browser's own functions. A page that has put others in their place (shims, blockers, mistakes) keeps them for
// itself: the sender takes fresh ones from an empty frame.

type Realm = typeof globalThis;

let frame: HTMLIFrameElement | undefined;

const isNative = (one: unknown): boolean => /\[native code]/.test(Function.prototype.toString.call(one));

/** Where `fetch`, the timers and the clock are what the browser made them. */
export const realm = (): Realm => {
  try {
    if ([fetch, setTimeout, clearTimeout, Date, Date.now].every(isNative)) return globalThis;
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
