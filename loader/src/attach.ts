// What follows the intent: mounts the widget, and stands the plain form in its place when WASM is refused, fails,
// is late, or dies. Travels in one file with the sender.
import { from } from "./get";
import { createSender } from "./sender/sender";
import { makeSheet } from "./sheet";
import type { Attached, Config, Handle, Setup, Stage } from "./types";

export { createSender };

/** This file lies beside the others. */
const base = new URL(".", import.meta.url).href;
const { read, load } = from(base);

/** How long a customer waits for the widget before the plain form stands in. */
const widgetMsMax = 8000;

let engine: Promise<any> | undefined;

/** The widget's module with its WASM started: once for all elements of the page. */
const startEngine = async ({ parts: [module, wasm] }: Stage): Promise<any> => {
  const response = await wasm;
  // A server that names the wrong media type is forgiven.
  const compiled = WebAssembly.compileStreaming(response.clone()).catch(async () =>
    WebAssembly.compile(await response.arrayBuffer()),
  );
  const [glue, module_or_path] = await Promise.all([module, compiled]);
  await glue.default({ module_or_path });
  return glue;
};

/** The page's config; one that is missing or torn counts as none, and the attributes still hold. */
const readConfig = async (host: Element, response: Stage["parts"][3]): Promise<Config> => {
  try {
    return response
      ? await (await response).json()
      : JSON.parse(document.querySelector(host.getAttribute("config")!)!.textContent!);
  } catch {
    return {};
  }
};

/** Resolves when something is mounted that a customer can use; rejects when nothing is. */
export const attach = async (stage: Stage): Promise<Attached> => {
  const { root, files, parts, dress } = stage;
  const host = root.host;
  const panel = root.querySelector(".panel") as HTMLDialogElement;
  const inline = host.hasAttribute("inline");
  const sender = createSender();
  const sheets = root.adoptedStyleSheets;
  let config: Config | undefined;
  let inner: Handle | undefined;
  let broken = false;
  let falling: Promise<void> | undefined;
  let gone = false;
  let opened: unknown[] = [];
  /** What the page said of customer and purchase, for the one that stands in. */
  const heard: [string, unknown[]][] = [];

  const emit = (name: string, detail: object = {}) => {
    host.dispatchEvent(new CustomEvent("all-ears:" + name, { bubbles: true, composed: true, detail }));
  };

  const hide = () => {
    if (!inline) panel.close();
  };

  const redress = () => dress(config?.locale, config?.theme?.accent, config?.theme?.scheme);

  const mount = async (part: Promise<any>, plain = false) => {
    const guess = panel.lang;
    config ??= await readConfig(host, parts[3]);
    // The config may choose language and colour.
    const locale = redress();
    const [module, texts, keys] = await Promise.all([
      part,
      locale == guess && !plain ? parts[2] : read(files[locale]!),
      config?.texts && read(files.keys),
    ]);
    if (gone || plain != broken) return;
    root.adoptedStyleSheets = [...sheets, makeSheet(module.css)];
    const attributes = Object.fromEntries([...host.attributes].map(({ name, value }) => [name, value]));
    inner = module.mount(panel.firstChild, {
      config, attributes, locale, texts, keys, inline, sender, emit, hide, load_locale,
    } satisfies Setup) as Handle;
    emit("ready");
  };

  /** The widget is of no use: a fresh place, out of its reach, for the plain form. */
  const fall = () => (falling ||= replace().catch((error) => {
    falling = undefined;
    stage.contact();
    throw error;
  }));

  const replace = async () => {
    broken = true;
    inner = undefined;
    const focused = root.activeElement;
    const content = panel.firstChild!.cloneNode() as HTMLElement;
    panel.firstChild!.replaceWith(content);
    if (focused) content.focus();
    emit("error");
    await mount(load(files.plain), true);
    heard.map((one) => tell(...one));
    tell("open", opened);
  };

  /** Passes a call on; the widget's death in it stays here. */
  const tell = (name: string, values: unknown[]) => {
    try {
      return inner?.call(name, values);
    } catch {
      fall().catch(() => {});
    }
  };

  const load_locale = async (tag: string) => {
    const texts = await read(files[tag]!).catch(() => undefined);
    if (texts) tell("locale", [tag, texts]);
  };

  /** A trap of our own WASM is no concern of the page. */
  const trap = (event: any) => {
    const error = event.error || event.reason;
    if (!(error instanceof WebAssembly.RuntimeError && error.stack?.includes(base + "widget"))) return;
    event.preventDefault();
    if (!broken) fall().catch(() => {});
  };

  const destroy = () => {
    gone = true;
    removeEventListener("error", trap);
    removeEventListener("unhandledrejection", trap);
    try {
      inner?.destroy();
    } catch {
      // The widget is dead; there is nothing left to free.
    }
  };

  const call = (name: string, ...values: unknown[]) => {
    if (name == "open") opened = values;
    if (/identify|context/.test(name)) heard.push([name, values]);
    if (name == "forget") sender.forget();
    if (name == "close") return hide();
    if (name == "locale") return void load_locale(redress());
    if (name == "open") emit("open");
    if (broken && !inner) return void fall().catch(() => {});
    // A survey that the page asks for stands beside the page and leaves the focus where it is.
    if (tell(name, values) !== false && name == "ask" && !inline && !panel.open) {
      panel.open = true;
      emit("open");
    }
  };

  panel.onclose = () => {
    emit("close");
    tell("closed", []);
  };
  panel.onmousedown = (event) => {
    if (event.target == panel) hide();
  };
  panel.onkeydown = (event) => {
    if (event.key == "Escape" && !event.isComposing) hide();
  };
  addEventListener("error", trap);
  addEventListener("unhandledrejection", trap);
  engine ||= startEngine(stage).catch((error) => {
    engine = undefined;
    throw error;
  });
  const late = new Promise<void>((_, refuse) => setTimeout(refuse, widgetMsMax, "late"));
  try {
    await Promise.race([mount(engine), late]).catch(fall);
  } catch (error) {
    destroy();
    throw error;
  }
  return { call, destroy };
};
