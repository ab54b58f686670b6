// The nodes of the plain form: native controls, each with its label; no text stands here, only its key.
import { M } from "./messages";
import type { Setup } from "./types";

const textLengthMax = 5000;
const fieldLengthMax = 200;

type Made<K extends keyof HTMLElementTagNameMap> = HTMLElementTagNameMap[K];

/** Adds an element with its attributes. */
const add = <K extends keyof HTMLElementTagNameMap>(parent: Node, tag: K, attributes: Record<string, string> = {}): Made<K> => {
  const node = document.createElement(tag);
  for (const name of Object.keys(attributes)) node.setAttribute(name, attributes[name]!);
  return parent.appendChild(node);
};

/** A control with its label and its error. */
export interface Field<K extends "input" | "textarea"> {
  input: HTMLElementTagNameMap[K];
  words: Text;
  error: HTMLElement;
}

/** Builds nodes and remembers which of them says what, so that a change of language is one pass. */
class Drawing {
  readonly spoken: [node: Node, key: M][] = [];

  speak<T extends Node>(node: T, key: M): T {
    this.spoken.push([node, key]);
    return node;
  }

  choices(form: Node, legend: M, name: string, options: readonly [value: string, label: M][]) {
    const set = add(form, "fieldset");
    this.speak(add(set, "legend"), legend);
    const inputs = options.map(([value, text]) => {
      const label = add(set, "label", { class: "choice" });
      const input = add(label, "input", { type: "radio", name, value });
      this.speak(add(label, "span"), text);
      return input;
    });
    return { set, inputs };
  }

  field<K extends "input" | "textarea">(form: Node, tag: K, id: string, key: M, attributes: Record<string, string>): Field<K> {
    const group = add(form, "div");
    const caption = add(group, "label", { class: "label", for: id });
    const words = this.speak(caption.appendChild(document.createTextNode("")), key);
    if (tag == "input") this.speak(add(caption, "span"), M.PanelOptional);
    const input = add(group, tag, { id, name: id, ...attributes });
    const error = add(group, "p", { class: "error", id: id + "-error" });
    return { input, words, error };
  }
}

/** Draws the form. Whoever holds it sets the texts of `spoken`. */
export const draw = (content: HTMLElement, inline: boolean) => {
  const drawing = new Drawing();
  const root = add(content, "div", { class: "plain" });
  const header = add(root, "header");
  const title = drawing.speak(add(header, "h2", { tabindex: "-1" }), M.PlainTitle);
  const close = inline ? undefined : add(header, "button", { type: "button" });
  if (close) close.textContent = "×";
  const lead = drawing.speak(add(root, "p", { class: "soft" }), M.PlainLead);
  const status = add(root, "p", { role: "status" });
  const again = drawing.speak(add(root, "button", { type: "button", class: "again", hidden: "" }), M.FeedbackAgain);
  const form = add(root, "form", { novalidate: "" });
  const kind = drawing.choices(form, M.PlainKind, "kind", [["feedback", M.MenuFeedback], ["complaint", M.MenuComplaint]]);
  const rating = drawing.choices(form, M.PlainRating, "rating", [
    ["1", M.RatingFaces1], ["2", M.RatingFaces2], ["3", M.RatingFaces3], ["4", M.RatingFaces4], ["5", M.RatingFaces5],
  ]);
  const text = drawing.field(form, "textarea", "text", M.FeedbackTextAny, { rows: "4", maxlength: String(textLengthMax) });
  const short = { maxlength: String(fieldLengthMax) };
  const name = drawing.field(form, "input", "name", M.ContactName, { type: "text", autocomplete: "name", ...short });
  const email = drawing.field(form, "input", "email", M.ContactEmail, { type: "email", autocomplete: "email", ...short });
  const send = add(form, "button");
  const files = add(root, "p");
  const ways = add(root, "ul");
  return { spoken: drawing.spoken, root, title, close, lead, status, again, form, kind, rating, text, name, email, send, files, ways };
};

/** The company's contact lines: the attributes, else the config. */
export const addWays = (list: HTMLElement, { config, attributes }: Setup) => {
  const contact = { ...config?.company?.contact, ...attributes };
  for (const [value, scheme] of [[contact.phone, "tel:"], [contact.email, "mailto:"], [contact.url, ""]] as const) {
    if (typeof value != "string" || (!scheme && !/^https:/.test(value))) continue;
    const link = add(add(list, "li"), "a", { href: scheme + value.replace(/\s/g, "") });
    link.textContent = value;
    if (!scheme) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
  }
};
