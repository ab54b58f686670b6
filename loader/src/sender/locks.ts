// One page at a time sends an item. A refused lock is no error: another page is at it.

/** Whether this browser has locks; on plain http it has none, and the lease in the store decides. */
export const hasLocks = (): boolean => !!navigator.locks;

/** Settles when the page is put aside; a page in the back-forward cache would keep its lock for ever. */
const pageLeft = (): { left: Promise<boolean>; forget: () => void } => {
  let forget = () => {};
  const left = new Promise<boolean>((resolve) => {
    const leave = () => resolve(true);
    forget = () => {
      removeEventListener("pagehide", leave);
      document.removeEventListener("freeze", leave);
    };
    addEventListener("pagehide", leave);
    document.addEventListener("freeze", leave);
  });
  return { left, forget };
};

/** Runs `work` under the item's lock; `false` when another page holds it. `steal` takes it from a frozen page. */
export const withLock = async (name: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean> => {
  if (!hasLocks()) return work();
  // Without a prototype: a page's own `Object.prototype.mode` would make this a lock that no browser knows.
  const options = { __proto__: null, mode: "exclusive", ifAvailable: !steal, steal } as LockOptions;
  return navigator.locks.request(name, options, async (lock) => {
    if (!lock) return false;
    const { left, forget } = pageLeft();
    return Promise.race([work(), left]).finally(forget);
  });
};
