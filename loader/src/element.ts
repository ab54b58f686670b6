// One element on the page: launcher and frame at once, the rest on intent. What follows the intent is in
// `attach.ts`.
import type { Call } from "./commands";
import { files, get, load, options, read } from "./files";
import { drawFrame } from "./frame";
import { chooseLocale } from "./locale";
import type { Attached, Stage } from "./types";

/** Launcher label, close label and what is said when nothing comes, by locale. */
declare const __LABELS__: Readonly<Record<string, readonly [launcher: string, close: string, again: string]>>;

/** How long a customer looks at the skeleton before the ways to reach a person stand in it. */
const skeletonMsMax = 8000;

/** Gives life to an element; returns what reaches it. */
export const start = (host: HTMLElement, root: ShadowRoot) => {
  const attribute = (name: string) => host.getAttribute(name);
  const inline = host.hasAttribute("inline");
  const { launcher, label, panel, close, rest } = drawFrame(root, inline);
  const calls: Call[] = [];
  let handle: Attached | undefined;
  let loading: Promise<void> | 0 | undefined;
  let gone: unknown;
  let chosen: unknown;
  let locale: string;

  /** Applies what is known so far of language and looks. */
  const dress: Stage["dress"] = (looks = {}) => {
    const look = (name: string) => looks[name] || attribute(name) || "";
    locale = chooseLocale(Object.keys(__LABELS__), [
      chosen, look("locale"), document.documentElement.lang, ...navigator.languages,
    ]);
    const [said, closing] = __LABELS__[locale]!;
    close.ariaLabel = closing;
    panel.ariaLabel = look("label") || said;
    // Safari takes no click for one whose text was set anew between press and release.
    if (label.textContent != panel.ariaLabel) label.textContent = panel.ariaLabel;
    for (const part of [launcher, panel]) {
      part.lang = locale;
      part.style.colorScheme = look("scheme");
      part.style.setProperty("--all-ears-accent", look("accent"));
    }
    return locale;
  };

  /** The last resort: what the page put into the element, what helps, and how to reach a person. */
  const contact = () =>
    rest.replaceChildren(
      document.createElement("slot"), [__LABELS__[locale]![2], attribute("email"), attribute("phone")].join(" "),
    );

  /** Everything is asked for at once; what arrives first takes over. */
  const prepare = async () => {
    const config = attribute("config");
    // First what shows something.
    const attachment = load(files.panel);
    const parts: Stage["parts"] = [
      load(files.widget), get(files.wasm), read(files[locale]!), load(files.sender),
      config && config[0] != "#" && fetch(config, options()),
    ];
    // Whoever takes over hears of a failure; until then it is no news to the console.
    Promise.allSettled(parts);
    setTimeout(contact, skeletonMsMax);
    handle = await (await attachment).attach({ root, files, parts, calls, dress, contact } satisfies Stage);
    gone ? destroy() : calls.map((call) => handle!.call(...call));
  };

  const intend = () => {
    loading ||= prepare().catch(() => {
      loading = 0;
      contact();
    });
  };

  const run = (...call: Call) => {
    const [name, value] = call;
    if (name == "locale") {
      chosen = value;
      dress();
    }
    // Whether somebody presses something just now, only this moment knows.
    call[3] = event;
    if (name == "open" && !inline && !panel.open) {
      panel.showModal();
      (panel.firstChild as HTMLElement).focus();
    }
    if (/open|ask|forget/.test(name)) intend();
    handle ? handle.call(...call) : calls.push(call);
  };

  const destroy = (): undefined => {
    gone = 1;
    clearTimeout(timer);
    handle?.destroy();
    root.replaceChildren();
  };

  dress();
  launcher.onpointerover = launcher.onfocus = intend;
  launcher.onclick = () => {
    // Safari leaves a clicked button without focus, and the dialog gives focus back to where it was.
    launcher.focus();
    run("open");
  };
  close.onclick = () => panel.close();
  inline && new IntersectionObserver((seen) => seen[0]!.isIntersecting && intend()).observe(panel);
  const delay = attribute("delay");
  const timer = delay && setTimeout(run, +delay * 1e3, "ask", attribute("survey")) as any;

  return { inline, run, remove: () => host.remove(), destroy };
};
