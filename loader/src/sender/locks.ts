// One page at a time sends an item. A refused lock is no error: another page is at it.

/** Whether this browser has locks; on plain http it has none, and the lease in the store decides. */
export const hasLocks = (): boolean => !!navigator.locks;

/** Runs `work` under the item's lock; `false` when another page holds it. `steal` takes it from a frozen page. */
export const withLock = async (name: string, steal: boolean, work: () => Promise<boolean>): Promise<boolean> =>
  hasLocks()
    ? navigator.locks.request(name, steal ? { steal } : { ifAvailable: true }, async (lock) => !!lock && work())
    : work();
