// The form without WASM: the same submissions, through the same sender, in the same words as the widget's.
import { M } from "./messages";
import sheet from "./plain.css";
import { kindOf, makeSubmission, pickEndpoint, type Words } from "./submission";
import type { Change, ChangeState, Handle, Setup } from "./types";

export const css = sheet;

const textLengthMax = 5000;
const fieldLengthMax = 200;
const draftMs = 500;

/** What the screen says of each state; only what is true. */
const sentences: Record<ChangeState, M> = {
  unsaved: M.SendingUnsaved,
  stored: M.SendingSaved,
  sending: M.SendingSending,
  sent: M.SendingSent,
  held: M.SendingHeld,
  rejected: M.SendingRejected,
  expired: M.SendingRejected,
};
const safe: ChangeState[] = ["stored", "sending", "sent", "held"];
const events: Partial<Record<ChangeState, string>> = { stored: "stored", sent: "delivered", rejected: "refused" };

/** Reads the locale file, with the company's own texts over it. */
export const readTexts = ({ texts, keys, config, locale }: Pick<Setup, "texts" | "keys" | "config" | "locale">): string[] => {
  const own = { ...config?.texts?.["*"], ...config?.texts?.[locale] };
  const names = keys?.split("\n") ?? [];
  return texts.split("\n").map((line, at) => {
    const said = own[names[at] ?? ""];
    return typeof said == "string" ? said : line.replace(/\\n/g, "\n");
  });
};

type Made<K extends keyof HTMLElementTagNameMap> = HTMLElementTagNameMap[K];

/** Adds an element with its attributes. */
const add = <K extends keyof HTMLElementTagNameMap>(parent: Node, tag: K, attributes: Record<string, string> = {}): Made<K> => {
  const node = document.createElement(tag);
  for (const name of Object.keys(attributes)) node.setAttribute(name, attributes[name]!);
  return parent.appendChild(node);
};

const parse = (text: string | undefined): any => {
  try {
    return JSON.parse(text ?? "") ?? {};
  } catch {
    return {};
  }
};

/** Draws the form. Texts are set by `say`, which is called again when the language changes. */
const draw = (content: HTMLElement, inline: boolean) => {
  const spoken: [node: Node, key: M][] = [];
  const speak = <T extends Node>(node: T, key: M): T => {
    spoken.push([node, key]);
    return node;
  };
  const root = add(content, "div", { class: "plain" });
  const header = add(root, "header");
  const title = speak(add(header, "h2", { tabindex: "-1" }), M.PlainTitle);
  const close = inline ? undefined : add(header, "button", { type: "button" });
  if (close) close.textContent = "×";
  const lead = speak(add(root, "p", { class: "soft" }), M.PlainLead);
  const status = add(root, "p", { role: "status" });
  const again = speak(add(root, "button", { type: "button", class: "again", hidden: "" }), M.FeedbackAgain);
  const form = add(root, "form", { novalidate: "" });

  const choices = (legend: M, name: string, options: readonly M[], values: readonly string[]) => {
    const set = add(form, "fieldset");
    speak(add(set, "legend"), legend);
    return { set, inputs: options.map((option, at) => {
      const label = add(set, "label", { class: "choice" });
      const input = add(label, "input", { type: "radio", name, value: values[at]! });
      speak(add(label, "span"), option);
      return input;
    }) };
  };
  const field = <K extends "input" | "textarea">(tag: K, id: string, label: M, attributes: Record<string, string>, optional = true) => {
    const group = add(form, "div");
    const caption = add(group, "label", { class: "label", for: id });
    const words = speak(caption.appendChild(document.createTextNode("")), label);
    if (optional) speak(add(caption, "span"), M.PanelOptional);
    const input = add(group, tag, { id, name: id, ...attributes });
    const error = add(group, "p", { class: "error", id: id + "-error" });
    return { input, words, error };
  };

  const kind = choices(M.PlainKind, "kind", [M.MenuFeedback, M.MenuComplaint], ["feedback", "complaint"]);
  const rating = choices(
    M.PlainRating, "rating",
    [M.RatingFaces1, M.RatingFaces2, M.RatingFaces3, M.RatingFaces4, M.RatingFaces5], ["1", "2", "3", "4", "5"],
  );
  const text = field("textarea", "text", M.FeedbackTextAny, { rows: "4", maxlength: String(textLengthMax) }, false);
  const short = { maxlength: String(fieldLengthMax) };
  const name = field("input", "name", M.ContactName, { type: "text", autocomplete: "name", ...short });
  const email = field("input", "email", M.ContactEmail, { type: "email", autocomplete: "email", ...short });
  const send = speak(add(form, "button"), M.FeedbackSend);
  const ways = add(root, "ul");
  return { spoken, root, title, close, lead, status, again, form, kind, rating, text, name, email, send, ways };
};

/** The company's contact lines: the attributes, else the config. */
const addWays = (list: HTMLElement, { config, attributes }: Setup) => {
  const contact = { ...config?.company?.contact, ...attributes };
  for (const [value, scheme] of [[contact.phone, "tel:"], [contact.email, "mailto:"], [contact.url, ""]] as const) {
    if (typeof value != "string" || (!scheme && !/^https:/.test(value))) continue;
    const link = add(add(list, "li"), "a", { href: scheme + value.replace(/\s/g, "") });
    link.textContent = value;
    if (!scheme) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
  }
};

/** Shows the form in `content`. */
export const mount = (content: HTMLElement, setup: Setup): Handle => {
  const { sender, config, attributes, emit } = setup;
  const ui = draw(content, setup.inline);
  const context: Record<string, unknown> = { ...parse(attributes.context) };
  const customer: Record<string, unknown> = {};
  let texts = readTexts(setup);
  let locale = setup.locale;
  let sent: { id: string; reference?: string; state: ChangeState } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const complaining = () => ui.kind.inputs[1]!.checked;
  const draftKey = () => (complaining() ? "complaint" : "feedback");

  const say = () => {
    for (const [node, key] of ui.spoken) node.textContent = texts[key] ?? "";
    ui.text.words.textContent = texts[complaining() ? M.ComplaintWords : M.FeedbackTextAny] ?? "";
    ui.send.textContent = texts[complaining() ? M.ComplaintSend : M.FeedbackSend] ?? "";
    ui.close?.setAttribute("aria-label", texts[M.PanelClose] ?? "");
    ui.ways.setAttribute("aria-label", texts[M.PanelWays] ?? "");
    ui.root.lang = locale;
    ui.rating.set.hidden = complaining();
  };

  const choose = (complaint: boolean) => {
    ui.kind.inputs[complaint ? 1 : 0]!.checked = true;
    say();
    void restore();
  };

  /** Brings back what was typed here before, in this form or in the widget. */
  const restore = async () => {
    const draft = parse(await sender.draft(draftKey()));
    const words = draft.words ?? draft.text;
    if (!ui.text.input.value && typeof words == "string") ui.text.input.value = words;
  };

  const keep = async () => {
    const key = draftKey();
    const draft = parse(await sender.draft(key));
    const words = { [complaining() ? "words" : "text"]: ui.text.input.value };
    await sender.saveDraft(key, JSON.stringify({ ...draft, v: 1, kind: key, saved_at: new Date().toISOString(), ...words }));
  };

  const fault = ({ input, error }: typeof ui.text | typeof ui.email, key: M | false) => {
    error.textContent = key === false ? "" : texts[key] ?? "";
    if (key === false) {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    } else {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", error.id);
    }
    return key === false ? undefined : input;
  };

  const guard = (event: Event) => event.preventDefault();

  const show = (state: ChangeState, reference?: string) => {
    const sentence = state == "sent" && reference ? M.SendingSentReference : sentences[state];
    ui.status.textContent = (texts[sentence] ?? "").replace("{reference}", reference ?? "");
    const done = safe.includes(state);
    ui.form.hidden = ui.lead.hidden = done;
    ui.again.hidden = !done;
    ui.send.disabled = false;
    // Nothing keeps the words but this page.
    (state == "unsaved" ? addEventListener : removeEventListener)("beforeunload", guard);
  };

  const follow = (change: Change) => {
    if (change.id != sent?.id || sent.state == "sent") return;
    // An unsaved submission on its way is still not saved.
    if (sent.state == "unsaved" && !["sent", "rejected"].includes(change.state)) return;
    sent.state = change.state;
    const receipt = parse(change.receipt);
    show(change.state, sent.reference && (receipt.reference ?? sent.reference));
    const event = events[change.state];
    if (event) emit(event, { kind: change.kind, id: change.id });
  };

  const read = (): Words => ({
    kind: draftKey(),
    rating: complaining() ? 0 : ui.rating.inputs.findIndex((input) => input.checked) + 1,
    text: ui.text.input.value,
    name: ui.name.input.value,
    email: ui.email.input.value,
  });

  const check = (words: Words) => {
    const missing = !words.text.trim() && !words.rating;
    const unclear = words.email.trim() && !/^\S+@\S+\.\S+$/.test(words.email.trim());
    const faults = [
      fault(ui.text, missing && (complaining() ? M.ComplaintWordsMissing : M.FeedbackTextMissing)),
      fault(ui.email, unclear ? M.ContactEmailUnclear : false),
    ];
    return faults.find((input) => input);
  };

  const submit = async () => {
    const words = read();
    const wrong = check(words);
    if (wrong) return wrong.focus();
    clearTimeout(timer);
    const endpoint = pickEndpoint(config, attributes, kindOf(words), location.href);
    if (!endpoint) return show("rejected");
    ui.send.disabled = true;
    const entry = makeSubmission(words, {
      locale, context, customer, origin: location.origin, url: location.href, title: document.title,
      referrer: document.referrer, survey: attributes.survey ?? "", now: Date.now(),
      random: crypto.getRandomValues(new Uint8Array(10)),
    }, config?.complaint?.reference_prefix);
    const key = draftKey();
    sent = { id: entry.id, reference: entry.reference, state: "sending" };
    emit("submit", { kind: entry.kind, id: entry.id });
    const change = await sender.submit({ ...entry, endpoint });
    sent.state = change.state;
    show(change.state);
    if (change.state != "stored") return ui.status.scrollIntoView();
    ui.title.focus();
    ui.form.reset();
    choose(false);
    await sender.dropDraft(key);
  };

  const calls: Record<string, (value: any, more: any) => unknown> = {
    open: (view) => view && choose(view == "complaint"),
    ask: () => choose(false),
    identify: (who) => {
      Object.assign(customer, who);
      for (const name of ["name", "email"] as const) {
        if (typeof customer[name] == "string" && !ui[name].input.value) ui[name].input.value = customer[name];
      }
    },
    context: (more) => Object.assign(context, more),
    locale: (tag, text) => {
      locale = tag;
      texts = readTexts({ ...setup, texts: text, locale });
      say();
    },
  };

  const stop = sender.subscribe(follow);
  addWays(ui.ways, setup);
  choose(attributes.view == "complaint");
  ui.form.onchange = say;
  ui.text.input.oninput = () => {
    if (ui.text.error.textContent) fault(ui.text, false);
    clearTimeout(timer);
    timer = setTimeout(keep, draftMs);
  };
  ui.form.onsubmit = (event) => {
    event.preventDefault();
    void submit();
  };
  ui.again.onclick = () => {
    sent = undefined;
    ui.status.textContent = "";
    ui.form.hidden = ui.lead.hidden = false;
    ui.again.hidden = true;
    ui.text.input.focus();
  };
  if (ui.close) ui.close.onclick = setup.hide;

  return {
    call: (name, values) => calls[name]?.(values[0], values[1]),
    destroy() {
      clearTimeout(timer);
      stop();
      removeEventListener("beforeunload", guard);
      content.replaceChildren();
    },
  };
};
