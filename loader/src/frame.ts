// What stands at once: the launcher, and the frame of the panel with a skeleton in it.
import css from "./frame.css";
import { makeSheet } from "./sheet";

const sheet = makeSheet(css);

/** Adds an element; its class is its part name too. */
const add = <T extends HTMLElement = HTMLElement>(parent: Node, tag: string, name = ""): T => {
  const node = document.createElement(tag);
  node.className = name;
  node.setAttribute("part", name);
  return parent.appendChild(node) as T;
};

/** Draws launcher and frame; an inline element has neither launcher nor dialog. While the content is empty, the
 *  skeleton shows. */
export const drawFrame = (root: ShadowRoot, inline: boolean) => {
  root.adoptedStyleSheets = [sheet];
  const launcher = add<HTMLButtonElement>(root, "button", "launcher");
  // An ear in a speech bubble, on a 24 px grid.
  const make = (tag: string, name: string, value: string) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    node.setAttribute(name, value);
    return node;
  };
  const icon = make("svg", "viewBox", "0 0 24 24");
  icon.append(make("path", "d", "M12 3a9 8.5 0 1 1-4.5 16L3 20l1.5-4A9 8.5 0 0 1 12 3zM9 11a3 3 0 1 1 5 2c-1 1-1 3-2 3"));
  launcher.append(icon);
  const label = add(launcher, "span");
  const panel = add<HTMLDialogElement>(root, inline ? "div" : "dialog", "panel");
  const content = add(panel, "div", "content");
  content.tabIndex = -1;
  const wait = add(panel, "div", "wait");
  const close = add<HTMLButtonElement>(wait, "button", "close");
  close.textContent = "×";
  const rest = add(wait, "div");
  add(rest, "i");
  add(rest, "i");
  add(rest, "i");
  inline && launcher.remove();
  return { launcher, label, panel, close, rest };
};
