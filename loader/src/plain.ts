// The form without WASM: the same submissions, through the same sender, in the same words as the widget's.
import { M } from "./messages";
import sheet from "./plain.css";
import { addWays, draw, type Field } from "./plain_view";
import { kindOf, makeSubmission, pickEndpoint, type Words } from "./submission";
import { readTexts } from "./texts";
import type { Change, ChangeState, Entry, Handle, Setup } from "./types";

export const css = sheet;

const draftMs = 500;
/** Drafts are as old as this at most, as in the widget. */
const draftAgeMsMax = 864e5;

/** What the screen says of each state; only what is true. */
const sentences: Record<ChangeState, M> = {
  unsaved: M.SendingUnsaved,
  stored: M.SendingSaved,
  sending: M.SendingSending,
  sent: M.SendingSent,
  held: M.SendingHeld,
  rejected: M.SendingRejected,
  expired: M.SendingRejected,
  deleted: M.KeptDeleted,
};
const safe: ChangeState[] = ["stored", "sending", "sent", "held"];
const events: Partial<Record<ChangeState, string>> = { stored: "stored", sent: "delivered", rejected: "refused" };

const parse = (text: string | undefined): any => {
  try {
    return JSON.parse(text ?? "") ?? {};
  } catch {
    return {};
  }
};

/** What a draft of either kind says; one that is too old says nothing. */
const wordsOf = (draft: any): string => {
  const words = draft.words ?? draft.text;
  return typeof words == "string" && Date.now() - Date.parse(draft.saved_at) < draftAgeMsMax ? words : "";
};

/** Asks before the page closes, while nothing but the page keeps the words. */
const guard = (event: Event): void => event.preventDefault();

/** Sets a text only where it changes: Safari takes no click for one whose text was set anew between press and release. */
const say = (node: Node, text: string): void => {
  if (node.textContent != text) node.textContent = text;
};

class PlainForm implements Handle {
  private readonly _ui;
  private readonly _context: Record<string, unknown>;
  /** Whether drafts may be kept on the device. */
  private readonly _keeps: boolean;
  private _customer: Record<string, unknown> = {};
  private readonly _stop: () => void;
  private _texts: string[];
  private _locale: string;
  private _sent: { id: string; reference?: string; state: ChangeState } | undefined;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  /** The words of the draft as this form read or wrote them last. */
  private _seen = "";

  constructor(private readonly _content: HTMLElement, private readonly _setup: Setup) {
    this._ui = draw(_content, _setup.inline);
    this._context = { ...parse(_setup.attributes.context) };
    this._keeps = _setup.config?.privacy?.drafts !== false;
    this._texts = readTexts(_setup);
    this._locale = _setup.locale;
    this._stop = _setup.sender.subscribe((change) => this._follow(change));
    addWays(this._ui.ways, _setup);
    this._listen();
    this._choose(_setup.attributes.view == "complaint");
    const { handed } = _setup;
    if (handed) {
      this._sent = { ...handed };
      this._show(handed.state, handed.reference);
      // Where nothing has it for sure, the words are there to be copied; else their draft has done its work.
      if (safe.includes(handed.state)) void _setup.sender.dropDraft(handed.kind);
      else this._ui.text.input.value = handed.text;
    }
  }

  call(name: string, [first, second]: any[]): void {
    if (name == "open" && first) this._choose(first == "complaint");
    if (name == "ask") this._choose(false);
    if (name == "context") Object.assign(this._context, first);
    if (name == "identify") this._prefill(first);
    if (name == "forget") this._forget();
    if (name == "locale") {
      this._locale = first;
      this._texts = readTexts({ ...this._setup, texts: second, locale: first });
      this._say();
    }
  }

  destroy(): void {
    clearTimeout(this._timer);
    this._stop();
    removeEventListener("beforeunload", guard);
    this._content.replaceChildren();
  }

  private _listen(): void {
    const { form, text, again, close } = this._ui;
    form.onchange = () => this._say();
    form.onsubmit = (event) => {
      event.preventDefault();
      void this._submit();
    };
    text.input.oninput = () => {
      if (text.error.textContent) this._fault(text, false);
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this._keep(), draftMs);
    };
    again.onclick = () => this._restart();
    if (close) close.onclick = this._setup.hide;
  }

  private _isComplaint(): boolean {
    return this._ui.kind.inputs[1]!.checked;
  }

  private _kind(): "complaint" | "feedback" {
    return this._isComplaint() ? "complaint" : "feedback";
  }

  private _text(key: M): string {
    return this._texts[key] ?? "";
  }

  /** Puts every text in its place. */
  private _say(): void {
    const { spoken, text, send, close, files, ways, root, rating } = this._ui;
    const complaint = this._isComplaint();
    for (const [node, key] of spoken) say(node, this._text(key));
    say(text.words, this._text(complaint ? M.ComplaintWords : M.FeedbackTextAny));
    say(send, this._text(complaint ? M.ComplaintSend : M.FeedbackSend));
    close?.setAttribute("aria-label", this._text(M.PanelClose));
    ways.setAttribute("aria-label", this._text(M.PanelWays));
    // What was chosen before the widget died: this form takes no files.
    const left = this._setup.files?.join(", ");
    say(files, left ? this._text(M.ComplaintFilesRefused).replace("{name}", () => left) : "");
    root.lang = this._locale;
    rating.set.hidden = complaint;
  }

  private _choose(complaint: boolean): void {
    this._ui.kind.inputs[complaint ? 1 : 0]!.checked = true;
    this._say();
    void this._restore();
  }

  private _prefill(who: unknown): void {
    Object.assign(this._customer, who);
    for (const name of ["name", "email"] as const) {
      const known = this._customer[name];
      const { input } = this._ui[name];
      if (typeof known == "string" && !input.value) input.value = known;
    }
  }

  /** Brings back what was typed here before, in this form or in the widget. */
  private async _restore(): Promise<void> {
    const draft = this._keeps ? parse(await this._setup.sender.draft(this._kind())) : {};
    const { input } = this._ui.text;
    this._seen = wordsOf(draft);
    // The last keys before the widget died are in no draft yet.
    if (!input.value && !this._sent) input.value = this._setup.typed || this._seen;
  }

  /** Nothing of the customer stays, in the form neither. */
  private _forget(): void {
    clearTimeout(this._timer);
    this._setup.typed = "";
    this._setup.files = [];
    this._customer = {};
    this._ui.form.reset();
    this._say();
  }

  /** Keeps what is typed, in the widget's own form of a draft. */
  private async _keep(): Promise<void> {
    if (!this._keeps) return;
    const { sender } = this._setup;
    const kind = this._kind();
    const { input } = this._ui.text;
    const draft = parse(await sender.draft(kind));
    const there = wordsOf(draft);
    // Another page has written meanwhile: its words stay, above those that are being typed.
    if (there != this._seen && !input.value.includes(there.trim())) input.value = there + "\n\n" + input.value;
    this._seen = input.value;
    const words = { [kind == "complaint" ? "words" : "text"]: input.value };
    await sender.saveDraft(kind, JSON.stringify({ ...draft, v: 1, kind, saved_at: new Date().toISOString(), ...words }));
  }

  /** Shows or clears a field's error; returns the control that has one. */
  private _fault({ input, error }: Field<"input" | "textarea">, key: M | false): HTMLElement | undefined {
    error.textContent = key === false ? "" : this._text(key);
    if (key !== false) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", error.id);
      return input;
    }
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    return undefined;
  }

  private _check(words: Words): HTMLElement | undefined {
    const { text, email } = this._ui;
    const missing = !words.text.trim() && !words.rating;
    const unclear = words.email.trim() && !/^\S+@\S+\.\S+$/.test(words.email.trim());
    const faults = [
      this._fault(text, missing && (this._isComplaint() ? M.ComplaintWordsMissing : M.FeedbackTextMissing)),
      this._fault(email, unclear ? M.ContactEmailUnclear : false),
    ];
    return faults.find((input) => input);
  }

  private _read(): Words {
    const { rating, text, name, email } = this._ui;
    return {
      kind: this._kind(),
      rating: this._isComplaint() ? 0 : rating.inputs.findIndex((input) => input.checked) + 1,
      text: text.input.value,
      name: name.input.value,
      email: email.input.value,
    };
  }

  private async _submit(): Promise<void> {
    const { config, attributes, emit } = this._setup;
    const { send, title, status } = this._ui;
    const words = this._read();
    const wrong = this._check(words);
    if (wrong) return wrong.focus();
    clearTimeout(this._timer);
    const endpoint = pickEndpoint(config, attributes, kindOf(words), location.href);
    if (!endpoint) return this._show("rejected");
    send.disabled = true;
    const entry = makeSubmission(words, {
      locale: this._locale, context: this._context, customer: this._customer,
      origin: location.origin, url: location.href, title: document.title, referrer: document.referrer,
      survey: attributes.survey ?? "", now: Date.now(), random: crypto.getRandomValues(new Uint8Array(10)),
    }, config?.complaint?.reference_prefix);
    emit("submit", { kind: entry.kind, id: entry.id });
    const state = await this._hand({ ...entry, endpoint });
    if (!safe.includes(state)) return status.scrollIntoView();
    title.focus();
    await this._settle();
  }

  /** Gives it to the sender, and shows what becomes of it. */
  private async _hand(entry: Entry): Promise<ChangeState> {
    const { id, reference } = entry;
    const sent = (this._sent = { id, reference, state: "sending" as ChangeState });
    const { state } = await this._setup.sender.submit(entry);
    sent.state = state;
    this._show(state, reference);
    return state;
  }

  /** What was handed in leaves form and drafts; the other kind's draft too, if it says the same. */
  private async _settle(): Promise<void> {
    const { sender } = this._setup;
    this._setup.typed = "";
    const said = this._ui.text.input.value;
    const kind = this._kind();
    const other = kind == "complaint" ? "feedback" : "complaint";
    await sender.dropDraft(kind);
    if (wordsOf(parse(await sender.draft(other))) == said) await sender.dropDraft(other);
    this._ui.form.reset();
    this._choose(false);
  }

  /** Follows what becomes of the submission on the screen. */
  private _follow({ id, kind, state, receipt }: Change): void {
    const sent = this._sent;
    if (id != sent?.id || sent.state == "sent") return;
    // An unsaved submission on its way is still not saved.
    if (sent.state == "unsaved" && !["sent", "rejected"].includes(state)) return;
    const late = sent.state == "unsaved" && state == "sent";
    sent.state = state;
    if (late) void this._settle();
    this._show(state, sent.reference && (parse(receipt).reference ?? sent.reference));
    const event = events[state];
    if (event) this._setup.emit(event, { kind, id });
  }

  private _show(state: ChangeState, reference?: string): void {
    const { status, form, lead, again, send } = this._ui;
    const sentence = state == "sent" && reference ? M.SendingSentReference : sentences[state];
    const done = safe.includes(state);
    status.textContent = this._text(sentence).replace("{reference}", reference ?? "");
    form.hidden = lead.hidden = done;
    again.hidden = !done;
    // What waits on this page alone is under way: a second press would be a second submission.
    send.disabled = state == "unsaved";
    if (state == "unsaved") addEventListener("beforeunload", guard);
    else removeEventListener("beforeunload", guard);
  }

  private _restart(): void {
    const { status, form, lead, again, text } = this._ui;
    this._sent = undefined;
    status.textContent = "";
    form.hidden = lead.hidden = false;
    again.hidden = true;
    text.input.focus();
  }
}

/** Shows the form in `content`. */
export const mount = (content: HTMLElement, setup: Setup): Handle => new PlainForm(content, setup);
