// The queue behind `window.allEars`: calls work before and after the script, and before and after an element.

export type Call = [name: string, ...values: unknown[]];

/** What a call can reach: one element on the page. */
export interface Target {
  /** Stands in the page's flow; floating ones are asked first. */
  inline: boolean;
  run(...call: Call): void;
  remove(): void;
}

const forOne = /^(open|close|ask)$/;

/** Makes the function that pages call. Calls meant for one element wait for it; what is said about the
 *  customer or the page is told to every element, also to those that come later. */
export const createCommands = (page: EventTarget) => {
  let targets: Target[] = [];
  let log: Call[] = [];

  const call = (...values: Call): void => {
    const [name, event, listener] = values;
    const first = targets.find((target) => !target.inline) || targets[0];
    if (name == "on") page.addEventListener("all-ears:" + event, listener as EventListener);
    else if (name == "off") page.removeEventListener("all-ears:" + event, listener as EventListener);
    else if (name == "destroy") targets.splice(0).map((target) => target.remove());
    else if (first && forOne.test(name)) first.run(...values);
    else {
      // What was done once says nothing to an element that comes later.
      if (!/track|forget/.test(name)) log.push(values);
      targets.map((target) => target.run(...values));
    }
  };

  /** Adds an element and tells it, in order, what was said so far. */
  const join = (target: Target): void => {
    targets.push(target);
    log = log.filter((values) => (target.run(...values), !forOne.test(values[0])));
  };

  const leave = (target: Target): void => {
    targets = targets.filter((other) => other != target);
  };
  return { call, join, leave };
};
