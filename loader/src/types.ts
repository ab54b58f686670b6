// The shapes that pass between loader, sender, plain form and widget.

/** A built file: its name beside the loader, a space, and the base64 of its SHA-256. */
export type BuiltFile = string;

/** The built files by role; a locale file by its tag. */
export type Files = Readonly<Record<"widget" | "wasm" | "sender" | "panel", BuiltFile>> &
  Readonly<Record<string, BuiltFile | undefined>>;

/** Where a submission goes, as the config says it. */
export interface Endpoint {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  credentials?: string;
  /** `json` (default); `text`: the same JSON as `text/plain`, which needs no preflight; `form`; `cloudevents`. */
  format?: string;
  /** What is sent in place of the submission: any JSON with `{{path}}` in its texts. */
  body?: unknown;
  /** `follow`: an answer from elsewhere counts. `refuse` (default): a redirect is a misconfigured endpoint. */
  redirect?: string;
  /** `strict`: a 2xx counts only when the answer echoes the id. `status` (default): any 2xx counts. */
  receipt?: string;
  timeout_seconds?: number;
}

/** A finished submission, serialised once; the body is never touched again. */
export interface Entry {
  id: string;
  kind: string;
  reference?: string;
  secret?: string;
  endpoint: Endpoint;
  body: string;
  /** It names files, whose bytes the sender has taken. */
  files?: boolean;
  /** What goes out in its place, in the shape that the endpoint wants. */
  payload?: string;
  /** The media type of that, where it is another than ours. */
  type?: string;
}

export type ChangeState =
  | "unsaved" | "stored" | "sending" | "sent" | "held" | "rejected" | "expired" | "deleted";

/** What a customer has handed in, and what is known to have become of it. */
export interface Handed {
  id: string;
  kind: string;
  reference?: string;
  text: string;
  state: ChangeState;
}

/** What became of a submission. */
export interface Change {
  id: string;
  kind: string;
  state: ChangeState;
  /** The JSON text of the endpoint's answer. */
  receipt?: string;
}

export interface Sender {
  submit(entry: Entry): Promise<Change>;
  subscribe(listener: (change: Change) => void): () => void;
  /** Reads what was chosen in a field, under ids with a space after each. What it looked at comes back as JSON text. */
  take(field: HTMLInputElement, ids: string, files?: File[]): Promise<string>;
  /** Lets go of a file that was taken. */
  drop(id: string): void;
  draft(key: string): Promise<string | undefined>;
  /** What it took the place of, where another page had written that unseen; else whether it is kept. */
  saveDraft(key: string, text: string): Promise<string | boolean>;
  dropDraft(key: string): Promise<void>;
  /** What is on this device, newest first, as JSON text: `Waiting` (sender/shelf.ts) for what was never received, then
   *  `ReceiptRow` (sender/store.ts) for what was. */
  receipts(): Promise<string>;
  /** Sends now what may be sent. */
  drain(): void;
  /** The customer asks for it: what its endpoint's fault holds back goes as well, and the named one in any case. */
  sendNow(id?: string): Promise<void>;
  /** Deletes one item; `false` when the browser would not. */
  remove(id: string): Promise<boolean>;
  /** Deletes everything; `false` when the browser would not. */
  forget(): Promise<boolean>;
}

/** The page's config as it was written; only Rust and the plain form look inside. */
export type Config = Record<string, any>;

/** What the loader hands to the widget, and to the plain form in its place. */
export interface Setup {
  config: Config | undefined;
  /** The same as it was written: a page may have patched what turns values into text. */
  source: string | undefined;
  attributes: Record<string, string>;
  locale: string;
  /** The locale file: one message a line. */
  texts: string;
  /** The keys file, when the config overrides texts. */
  keys: string | undefined;
  inline: boolean;
  /** What was called for before. */
  calls: (readonly [name: string, values: any[]])[];
  sender: Sender;
  emit(name: string, detail?: object): void;
  hide(): void;
  load_locale(tag: string): void;
  /** What a widget that died leaves to the plain form: what was being typed, or what was handed in last. */
  typed?: string | null;
  /** Names of files that were chosen and have nowhere to go. */
  files?: string[];
  handed?: Handed;
  /** Calls back when what looks for an answer is here; that it stays away is said to nobody. */
  offer(arrived: () => void): void;
  /** Calls back when the code of a screen is here; the plain form stands in when it cannot be. */
  part(name: string, arrived: () => void): void;
}

/** How launcher and panel look and speak, by the names of the attributes. */
export type Looks = Record<string, string | undefined>;

/** What stands ready of an element when its customer shows intent. */
export interface Stage {
  root: ShadowRoot;
  files: Files;
  /** Already on their way: the module, the WASM, the texts of the language in use, the sender, the config if it has a
   *  URL. */
  parts: readonly [Promise<any>, Promise<Response>, Promise<string>, Promise<any>, Promise<Response> | false | "" | null];
  /** What the page and the customer called for so far. */
  calls: readonly (readonly [name: string, ...values: any[]])[];
  /** Applies language and looks again: `locale`, `label`, `accent`, `scheme`. Returns the locale. */
  dress(looks?: Looks): string;
  /** Shows the ways to reach a person in place of the skeleton. */
  contact(): void;
}

/** What the loader reaches after that. */
export interface Attached {
  call(name: string, ...values: unknown[]): void;
  destroy(): void;
}

/** What the widget, or the plain form in its place, answers to. */
export interface Handle {
  /** For `ask`, `false` says that the survey stays closed. */
  call(name: string, values: unknown[]): unknown;
  destroy(): void;
}
