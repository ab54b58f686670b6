// The menu before the widget: drawn while the WASM is on its way, so that a customer can choose at once. The nodes are
// those of `src/views/menu.rs`, which take their place; the journey `first-menu` compares the two.
import * as icons from "./icons";
import { M } from "./messages";
import { isAllowed } from "./submission";
import { readTexts, type Wording } from "./texts";

const svg = "http://www.w3.org/2000/svg";
const dayMs = 864e5;

/** The entries in their usual order: view, drawing, label, hint. */
const entries = [
  ["rating", icons.Star, M.MenuRating, M.MenuRatingHint],
  ["feedback", icons.Bubble, M.MenuFeedback, M.MenuFeedbackHint],
  ["answers", icons.Lens, M.MenuAnswers, M.MenuAnswersHint],
  ["complaint", icons.Ear, M.MenuComplaint, M.MenuComplaintHint],
  ["status", icons.Progress, M.MenuStatus, M.MenuStatusHint],
] as const;

const make = (tag: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement => {
  const node = (/svg|path/.test(tag) ? document.createElementNS(svg, tag) : document.createElement(tag)) as HTMLElement;
  for (const name of Object.keys(attributes)) node.setAttribute(name, attributes[name]!);
  node.append(...children);
  return node;
};

const el = (tag: string, name: string, ...children: (Node | string)[]) => make(tag, { class: name }, ...children);

const draw = (path: string, name = "icon") =>
  make("svg", { class: name, viewBox: "0 0 24 24", "aria-hidden": "true" }, make("path", { d: path }));

const button = (name: string, press: () => void, ...children: Node[]) => {
  const node = make("button", { class: name, type: "button" }, ...children);
  node.onclick = press;
  return node;
};

const outside = (href: string, said: string) =>
  make("a", { class: "link", href, target: "_blank", rel: "noopener noreferrer" }, said);

/** Whether a link of the company's may stand here. */
const leads = (url: unknown): boolean => typeof url == "string" && !!url && isAllowed(url, location.href);

const isNow = ({ start, end }: any): boolean => {
  const until = Date.parse(end) + (/T/.test(end) ? 0 : dayMs);
  return !(Date.parse(start) > Date.now()) && !(until <= Date.now());
};

/** What the menu says. */
export interface Menu extends Wording {
  attributes: Record<string, string>;
  /** What the page said of the purchase. */
  context: Record<string, unknown>;
  /** An entry was chosen, by the name of its view. */
  choose(view: string): void;
  hide(): void;
}

const news = (config: any, say: (key: M) => string) =>
  [config.notices].flat().filter((it) => it?.text && isNow(it)).map(({ text, url }) => {
    const words = el("div", "notice-words", make("p", {}, text));
    if (leads(url)) words.append(outside(url, say(M.MenuNoticeMore)));
    return el("div", "notice", draw(icons.Info), words);
  });

const ways = ({ phone, email, url }: any, say: (key: M) => string) => {
  const list = make("ul", { class: "ways", "aria-label": say(M.PanelWays) });
  const add = (link: Node) => list.append(make("li", {}, link));
  const contact = (scheme: string, path: string, address: string) =>
    add(make("a", { class: "link", href: scheme + address.replaceAll(" ", "") }, draw(path), make("bdi", {}, address)));
  if (phone) contact("tel:", icons.Phone, phone);
  else if (leads(url)) add(outside(url, say(M.PanelContactPage)));
  if (email) contact("mailto:", icons.Letter, email);
  return list;
};

/** Draws it. */
export const drawMenu = (content: HTMLElement, menu: Menu): void => {
  const { attributes, context, locale } = menu;
  const config = menu.config!;
  const texts = readTexts(menu);
  const say = (key: M) => texts[key]!;
  const name = attributes.company || config.company?.name;
  const chosen = [config.menu].flat().filter((view, at, all) => all.indexOf(view) == at);
  const known = chosen.map((view) => entries.find((entry) => entry[0] == view)!).filter((entry) => entry);
  // The way to complain always stays.
  if (known[0] && !known.includes(entries[3])) known.push(entries[3]);
  const rows = (known[0] ? known : entries).map(([view, path, label, hint]) =>
    make("li", {}, button("row", () => menu.choose(view),
      el("span", "row-icon", draw(path)),
      el("span", "row-words",
        el("span", "row-label", say(label)),
        el("span", "row-hint", (view == "rating" && context.product as string) || say(hint)),
      ),
      draw(icons.Forward, "icon way"),
    )));
  const title = make("h2", { id: "title", tabindex: "-1" }, say(M.MenuTitle));
  content.replaceChildren(make("div", { class: "app", lang: locale, dir: /^(ar|fa|he|ur)/.test(locale) ? "rtl" : "ltr", "data-screen": "menu" },
    el("div", "head", title, button("icon-button", menu.hide, draw(icons.Close), el("span", "hidden", say(M.PanelClose)))),
    el("div", "body",
      el("p", "lead", name ? say(M.MenuLead).replace("{company}", () => name) : say(M.MenuLeadPlain)),
      ...news(config, say),
      el("ul", "rows", ...rows),
    ),
    el("div", "foot", ways({ ...config.company?.contact, ...attributes }, say)),
    make("div", { class: "hidden", role: "status" }),
  ));
};
