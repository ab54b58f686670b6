// What follows the intent: mounts the widget, and stands the plain form in its place when WASM is refused, fails,
// is late, or dies. Until the widget is there, the menu stands in its place.
import css from "widget.css";
import { death, endEngine, isOurTrap, loadPart, spare, startEngine } from "./engine";
import { drawMenu } from "./first";
import { makeEstate, type Left } from "./estate";
import { from, once } from "./get";
import { isMenu, parse, readAttributes, readSource, unlink, whole } from "./page";
import { closing, isPress, takeFocus } from "./press";
import { withDesk } from "./sender/desk";
import { makeSheet } from "./sheet";
import type { Wording } from "./texts";
import type { Attached, BuiltFile, Config, Handle, Looks, Sender, Setup, Stage } from "./types";

/** The files that are fetched now and then. */
declare const __LATER__: Readonly<Record<string, BuiltFile> & Record<"plain" | "keys" | "shape" | "shelf", BuiltFile>>;

/** This file lies beside the others. */
const base = new URL(".", import.meta.url).href;
const { get, read, load } = from(base);

/** How long a customer waits for the widget before the plain form stands in. */
const widgetMsMax = 8000;
/** How long the first screen has the line to itself. */
const othersMs = 1000;
/** How long a press may last before the widget takes the menu's place all the same. */
const pressMsMax = 3000;
/** A part of the widget by name, on its way from now on. */
const fetchPart = (name: string): Promise<unknown> => {
  const part = loadPart(__LATER__, name, get);
  // Whoever waits for it hears of a failure.
  part.catch(() => {});
  return part;
};

/** What is done with what lies on the device; once here it stays, for whoever is offline later. */
const fetchShelf = once(() => load(__LATER__.shelf));

/** What was shown has been drawn: putting the WASM together holds the page's own thread. In the background nothing is drawn. */
const drawn = () => new Promise<void>((done) => {
  requestAnimationFrame(() => setTimeout(done));
  setTimeout(done, 100);
});

/** Calls that the widget is mounted with when they came before it. */
const waits = /^(open|ask|context|identify)$/;

/** An element from intent to destruction. */
class Attachment implements Attached {
  private readonly _host: HTMLElement;
  private readonly _panel: HTMLDialogElement;
  private readonly _sheets: CSSStyleSheet[];
  private readonly _inline: boolean;
  private _sender: Sender | undefined;
  private _config: Config | undefined;
  private _source: string | undefined;
  private _inner: Handle | undefined;
  private _falling: Promise<void> | undefined;
  private _broken = false;
  /** There is nowhere to send to, which was said once: nothing opens any more. */
  private _refused = false;
  private _gone = false;
  /** What stands in a widget that has died. */
  private _left: Left = {};
  private readonly _estate = makeEstate();
  /** What the page said of customer and purchase, for the one that stands in. */
  private readonly _heard: [string, unknown[]][] = [];
  private _opened: unknown[] = [];
  private _called: Looks = {};
  /** How many calls the widget was mounted with. */
  private _told = 0;
  /** The view that the customer chose before the widget was there. */
  private _chosen: string | undefined;
  private readonly _close: () => void;
  /** Resolves when no press is under way. */
  private _released: Promise<unknown> | undefined;

  constructor(private readonly _stage: Stage) {
    this._host = _stage.root.host as HTMLElement;
    this._panel = _stage.root.querySelector(".panel") as HTMLDialogElement;
    this._sheets = _stage.root.adoptedStyleSheets;
    this._inline = this._host.hasAttribute("inline");
    this._close = closing(this._panel);
    this._listen();
  }

  /** Resolves when something is mounted that a customer can use; rejects when nothing is. */
  async start(): Promise<void> {
    const late = new Promise<void>((_, refuse) => setTimeout(refuse, widgetMsMax));
    for (const [name, view, , event] of this._stage.calls) {
      if (name == "ask") this._greetPress(event), fetchPart("rating");
      if (name == "open" && !isMenu(view)) fetchPart(view == "answer" ? "answers" : (view as string));
    }
    try {
      const mounted = death ? Promise.reject(death) : this._mount(() => startEngine(this._stage));
      await Promise.race([mounted, late]).catch((error) => this._fall(error));
    } catch (error) {
      if (this._refused) return;
      this.destroy();
      throw error;
    }
  }

  call(name: string, ...values: any[]): void {
    if (name == "open") values = whole(values);
    const told = this._told-- > 0 && waits.test(name);
    if (this._refused) return this._hide();
    if (name == "close") return this._hide();
    if (name == "locale") return void this._loadLocale(this._dress());
    if (name == "forget") {
      this._estate.empty();
      this._heard.length = 0;
      void this._sender?.forget();
    }
    if (name == "theme") {
      Object.assign(this._called, values[0]);
      this._dress();
    }
    // The widget was mounted with it.
    if (told) return;
    if (name == "ask") values[2] = this._greetPress(values[2]);
    this._note(name, values);
    if (this._broken && !this._inner) return void this._fall().catch(() => {});
    if (this._tell(name, values) !== false) this._asked(name);
  }

  destroy(): void {
    this._gone = true;
    removeEventListener("error", this._trap);
    removeEventListener("unhandledrejection", this._trap);
    try {
      this._inner?.destroy();
    } catch {
      // The widget is dead; there is nothing left to free.
    }
  }

  private _listen(): void {
    const { _panel: panel } = this;
    addEventListener("error", this._trap);
    addEventListener("unhandledrejection", this._trap);
    panel.onclose = () => {
      this._chosen = undefined;
      unlink();
      this._emit("close");
      this._tell("closed", []);
    };
    for (const type of ["input", "click"]) panel.addEventListener(type, () => this._estate.look(panel), true);
    panel.onmousedown = ({ target }) => void (target == panel && this._hide());
    panel.onkeydown = (event) => {
      // The search field takes the first Escape to empty itself.
      if (event.key == "Escape" && !event.isComposing && !event.defaultPrevented) this._hide();
    };
  }

  /** What a call says to whoever may yet stand in. */
  private _note(name: string, values: any[]): void {
    if (name == "identify" || name == "context") this._heard.push([name, values]);
    if (name == "open") {
      // What was handed in while a browser died may lie there without its mark.
      this._sender?.drain();
      this._opened = values;
      this._emit("open");
    }
  }

  /** Who presses for a survey is taken to it at once. Whether it was a press. */
  private _greetPress(event: unknown): boolean {
    const pressed = isPress(event);
    if (pressed && !this._inline && !this._panel.open) {
      takeFocus(this._panel);
      this._emit("open");
    }
    return pressed;
  }

  /** A survey that the page asks for by itself stands beside the page and leaves the focus where it is. */
  private _asked(name: string): void {
    if (name != "ask" || this._inline || this._panel.open) return;
    this._panel.open = true;
    this._emit("open");
  }

  private _emit(name: string, detail: object = {}): void {
    this._host.dispatchEvent(new CustomEvent("all-ears:" + name, { bubbles: true, composed: true, detail }));
  }

  private _hide(): void {
    if (this._inline) return;
    unlink();
    this._close();
  }

  /** Language and looks: the config, over it the attributes, over them what the page said since. */
  private _dress(): string {
    const { locale, launcher, theme } = this._config ?? {};
    const looks = { locale, label: launcher?.label, ...theme, ...readAttributes(this._host), ...this._called };
    // What is no colour to the widget leaves the usual one.
    if (looks.accent && !/^#([\da-f]{3}){1,2}$/i.test(looks.accent)) looks.accent = "initial";
    const { style } = this._panel;
    style.setProperty("--all-ears-radius", typeof looks.radius == "number" ? looks.radius + "px" : "");
    style.setProperty("--all-ears-font", typeof looks.font == "string" ? looks.font : "");
    return this._stage.dress({ ...looks, scheme: looks.scheme == "auto" ? "light dark" : looks.scheme });
  }

  private async _mount(bring: () => Promise<any>, plain = false): Promise<void> {
    const { _host: host, _stage: stage, _panel: panel, _inline: inline } = this;
    const { parts } = stage;
    const guess = panel.lang;
    this._source ??= await readSource(host, parts[4]);
    const config = (this._config ??= parse(this._source));
    // The config may choose the language.
    const locale = this._dress();
    const [texts, keys] = await Promise.all([
      locale == guess && !plain ? parts[2] : read(stage.files[locale]!),
      config?.texts && read(__LATER__.keys),
    ]);
    if (!plain) {
      this._greet({ config, locale, texts, keys });
      await drawn();
    }
    const module = await bring();
    const sender = (this._sender ??= await this._makeSender());
    await this._released;
    if (this._gone || plain != this._broken) return;
    this._wear(module.css ?? css);
    const attributes = readAttributes(host);
    if (plain && this._opened[0]) attributes.view = this._opened[0] as string;
    const calls = plain ? [] : this._waiting();
    this._keepPlace();
    this._inner = module.mount(panel.firstChild, {
      config, source: this._source, locale, texts, keys, inline, attributes, calls, ...this._left,
      sender: this._estate.follow(sender),
      emit: (name, detail) => this._emit(name, detail),
      hide: () => this._hide(),
      load_locale: (tag) => void this._loadLocale(tag),
      offer: (arrived) => void Promise.all(["answers", "search"].map(fetchPart)).then(arrived, () => {}),
      part: (name, arrived) => void fetchPart(name).then(arrived).catch((error) => (spare.test(name) && !isOurTrap(error, base) ? undefined : this._fall(error).catch(() => {}))),
    } satisfies Setup);
    this._emit("ready");
    if (!plain) this._fetchOthers(othersMs);
    for (const [name, values] of calls) {
      this._note(name, values);
      this._asked(name);
    }
  }

  /** What other screens need, and who stands in should the widget die, comes while this one is read, so that a tunnel
   *  keeps nobody from going on. */
  private _fetchOthers(delayMs: number): void {
    const names = Object.keys(__LATER__).filter((name) => /^widget/.test(__LATER__[name]!) && (!spare.test(name) || (name == "files" && this._config?.complaint?.attachments)));
    setTimeout(() => {
      if (!this._gone) Promise.all([...names.map(fetchPart), load(__LATER__.plain), fetchShelf()]).catch(() => this._fetchOthers(2 * delayMs));
    }, delayMs);
  }

  /** The sender; for an endpoint that wants another shape than ours, with what makes it. */
  private async _makeSender(): Promise<Sender> {
    const { createSender } = await this._stage.parts[3];
    const wanted = /"(form|cloudevents)"|"body"\s*:/.test(this._source!);
    const sender = withDesk(createSender(load), fetchShelf);
    return wanted ? (await load(__LATER__.shape)).shaped(sender, () => this._config) : sender;
  }

  /** What was called for until now: the widget starts with it, so that its first screen is the right one. */
  private _waiting(): Setup["calls"] {
    const { calls } = this._stage;
    this._told = calls.length;
    return calls.filter(([name]) => waits.test(name)).map(([name, ...values]) => {
      // Who chose from the menu that stands here goes there.
      if (name == "open" && isMenu(values[0]) && this._chosen) values = [this._chosen, values[1]];
      if (name == "open") values = whole(values);
      if (name == "ask") values[2] = isPress(values[2]);
      return [name, values];
    });
  }

  private _wear(text: string): void {
    this._stage.root.adoptedStyleSheets = [...this._sheets, makeSheet(text)];
  }

  /** The menu, while the widget is on its way; unless the page asked for something else, or only the widget can tell. */
  private _greet(wording: Wording): void {
    const { calls, root } = this._stage;
    const attributes = readAttributes(this._host);
    const elsewhere = calls.some(([name, view]) => name == "ask" || (name == "open" && !isMenu(view)));
    if (this._inline || this._gone || this._broken || elsewhere) return;
    const said = calls.filter(([name]) => name == "context").map(([, values]) => values);
    const content = this._panel.firstChild as HTMLElement;
    const choose = (view: string) => {
      this._chosen = view;
      fetchPart(view);
      content.replaceChildren();
      content.focus();
    };
    this._wear(css);
    try {
      const context = Object.assign({}, parse(attributes.context), ...said);
      drawMenu(content, { ...wording, attributes, context, choose, hide: () => this._hide() });
    } catch {
      // A config that is not what it should be: the widget knows what to make of it, and says so.
      return content.replaceChildren();
    }
    if (root.activeElement == content) content.querySelector("h2")!.focus();
    // A press that has begun is finished before its button goes. Its click comes right after the release.
    content.onpointerdown = content.onkeydown = () => {
      this._released = new Promise((done) => {
        content.onpointerup = content.onpointercancel = content.onkeyup = () => setTimeout(done);
        setTimeout(done, pressMsMax);
      });
    };
  }

  /** The widget's menu takes the place of the one that stands: nothing moves, and who had gone on to a button stays. */
  private _keepPlace(): void {
    const { root } = this._stage;
    const content = this._panel.firstChild as HTMLElement;
    if (!content.firstChild) return;
    const controls = () => [...content.querySelectorAll<HTMLElement>("a,button")];
    const place = controls().indexOf(root.activeElement as HTMLElement);
    content.onpointerdown = content.onkeydown = content.onpointerup = content.onpointercancel = content.onkeyup = null;
    queueMicrotask(() => content.getAnimations({ subtree: true }).map((animation) => animation.finish()));
    if (place >= 0) content.addEventListener("focusin", () => controls()[place]?.focus(), { once: true });
  }

  /** The widget is of no use: a fresh place, out of its reach, for the plain form; then contact lines. */
  private _fall(error?: unknown): Promise<void> {
    isOurTrap(error, base) && endEngine(error);
    return (this._falling ||= this._replace(error).catch((reason) => {
      this._falling = undefined;
      this._stage.contact();
      throw reason;
    }));
  }

  private async _replace(error: unknown): Promise<void> {
    // The widget itself says that there is nowhere to send to: no form helps. A config that did not arrive may yet.
    if (typeof error == "string") {
      this._host.hidden = this._refused = this._source != undefined;
      if (this._refused) this._hide();
      throw error;
    }
    if (!this._broken) this._read();
    this._broken = true;
    this._inner = undefined;
    // What came before the widget is said again, and who had chosen finds it chosen.
    this._told = 0;
    if (this._chosen) this._opened = [this._chosen];
    const focused = this._stage.root.activeElement;
    const content = this._panel.firstChild!.cloneNode() as HTMLElement;
    this._panel.firstChild!.replaceWith(content);
    if (focused) content.focus();
    this._emit("error");
    const form = load(__LATER__.plain);
    // Waited for once the texts are there.
    form.catch(() => {});
    await this._mount(() => form, true);
    for (const [name, values] of this._heard) this._tell(name, values);
    this._tell("open", this._opened);
  }

  /** What the last screen shows is still there. */
  private _read(): void {
    const screen = this._panel.querySelector<HTMLElement>("[data-screen]")?.dataset.screen ?? "";
    // Listen, recap, apologise, resolve.
    if (screen) this._opened = [/^(li|rec|ap|res)/.test(screen) ? "complaint" : screen];
    this._left = this._estate.read(this._panel, screen);
  }

  /** Passes a call on; the widget's death in it stays here. */
  private _tell(name: string, values: unknown[]): unknown {
    try {
      return this._inner?.call(name, values);
    } catch (error) {
      return void this._fall(error).catch(() => {});
    }
  }

  private async _loadLocale(tag: string): Promise<void> {
    const texts = await read(this._stage.files[tag]!).catch(() => undefined);
    if (texts) this._tell("locale", [tag, texts]);
  }

  /** A trap of our own WASM is no concern of the page. */
  private readonly _trap = (event: any): void => {
    const error = event.error || event.reason;
    if (!isOurTrap(error, base)) return;
    event.preventDefault();
    if (!this._broken) this._fall(error).catch(() => {});
  };
}

/** Takes over from the loader when its customer shows intent. */
export const attach = async (stage: Stage): Promise<Attached> => {
  const attachment = new Attachment(stage);
  await attachment.start();
  return attachment;
};
