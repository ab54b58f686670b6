// One page at a time sends an item. A refused lock is no error: another page is at it.
import { listen } from "./realm";

/** Whether this browser has locks; on plain http it has none, and the lease in the store decides. */
export const hasLocks = (): boolean => !!navigator.locks;

/** Runs `work` under the item's lock; `false` when another page holds it. `steal` takes it from a frozen page. */
export const withLock = async (id: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean> => {
  if (!hasLocks()) return work();
  // Without a prototype: a page's own `Object.prototype.mode` would make this a lock that no browser knows.
  const options = { __proto__: null, ifAvailable: !steal, steal } as LockOptions;
  return navigator.locks.request("all-ears:" + id, options, (lock) => lock ? new Promise<boolean>((resolve, reject) => {
    // A page in the back-forward cache would keep its lock for ever.
    const leave = () => resolve(true);
    listen("add", "pagehide freeze", leave);
    work().then(resolve, reject).finally(() => listen("remove", "pagehide freeze", leave));
  }) : false);
};
