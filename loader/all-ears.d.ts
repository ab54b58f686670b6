/**
 * Types for pages that talk to All Ears: `window.allEars`, the events, and the attributes of `<all-ears>`.
 * The config has a JSON Schema of its own; see docs/configuration.md.
 */

/** The screens that `open` can go to. */
export type AllEarsView = "menu" | "rating" | "feedback" | "answers" | "complaint" | "status";

/** What a screen begins with. */
export type AllEarsPrefill = Readonly<Record<string, string>>;

/** What this is about; only texts, numbers and flags are sent. */
export type AllEarsContext = Readonly<Record<string, string | number | boolean>>;

export interface AllEarsCustomer {
  name?: string;
  email?: string;
  phone?: string;
  /** Signed by the page's own server; passed on as it is. */
  token?: string;
}

export interface AllEarsTheme {
  /** `#rgb` or `#rrggbb`. */
  accent?: string;
  scheme?: "auto" | "light" | "dark";
  radius?: number;
  font?: string;
}

/** The kinds of submission. */
export type AllEarsKind = "rating" | "feedback" | "complaint" | "follow_up" | "signal";

export interface AllEarsSubmission {
  readonly kind: AllEarsKind;
  readonly id: string;
}

/** Detail of each event by its short name. Never personal data. */
export interface AllEarsEvents {
  /** The widget, or the plain form in its place, can be used. */
  ready: Record<string, never>;
  open: Record<string, never>;
  close: Record<string, never>;
  view: { readonly view: AllEarsView };
  answer: { readonly survey: string; readonly question: string };
  /** The customer pressed the button. */
  submit: AllEarsSubmission;
  /** Stored in this browser; it will be sent until it is received. */
  stored: AllEarsSubmission;
  /** Received by the endpoint. */
  delivered: AllEarsSubmission;
  /** Refused by the endpoint; the words are kept, and the customer was told how to reach a person. */
  refused: AllEarsSubmission;
  /** A mistake in the config: where, what was expected, and the nearest known name. */
  "config-issue": { readonly path: string; readonly message: string };
  /** The widget is of no use here; the plain form stands in. */
  error: Record<string, never>;
}

export type AllEarsListener<Name extends keyof AllEarsEvents> = (event: CustomEvent<AllEarsEvents[Name]>) => void;

/** The function behind `window.allEars`. Calls work before and after the script has loaded, and before and after an
 *  element exists. */
export interface AllEarsCalls {
  /** Opens the panel of the floating element, else turns the first inline one to the view. */
  (call: "open", view?: AllEarsView, prefill?: AllEarsPrefill): void;
  /** Opens one answer by its id; one that is not there is searched for. */
  (call: "open", view: "answer", id: string): void;
  (call: "close"): void;
  /** Shows a survey beside the page, without taking the focus. */
  (call: "ask", survey: string, context?: AllEarsContext): void;
  (call: "identify", customer: AllEarsCustomer): void;
  (call: "context", context: AllEarsContext): void;
  /** A BCP 47 tag; the nearest language that was built is used. */
  (call: "locale", tag: string): void;
  (call: "theme", theme: AllEarsTheme): void;
  (call: "track", event: string, properties?: AllEarsContext): void;
  (call: "consent", given: boolean): void;
  /** Erases what this device holds, also what still waits to be sent. */
  (call: "forget"): void;
  <Name extends keyof AllEarsEvents>(call: "on" | "off", event: Name, listener: AllEarsListener<Name>): void;
  /** Removes every element and all that belongs to it. */
  (call: "destroy"): void;
  /** Calls that wait for the script. */
  q?: ArrayLike<unknown>[];
}

/** Attributes of `<all-ears>`, and with `data-` before them of the script tag. */
export interface AllEarsAttributes {
  /** URL of the config, or `#id` of an inline `<script type="application/json">`. */
  config?: string;
  /** Where submissions go. */
  endpoint?: string;
  company?: string;
  email?: string;
  phone?: string;
  /** A BCP 47 tag; otherwise the page's `lang`, then the browser's languages. */
  locale?: string;
  accent?: string;
  scheme?: "auto" | "light" | "dark";
  position?: "bottom-right" | "bottom-left";
  /** Text of the launcher. */
  label?: string;
  /** URL of the FAQ. */
  faq?: string;
  survey?: string;
  /** JSON object, such as `{"order":"A-1001"}`. */
  context?: string;
  /** Seconds until `survey` is asked. */
  delay?: string | number;
  /** In the page's flow instead of floating. */
  inline?: "" | boolean;
  /** The screen that an inline element begins with. */
  view?: AllEarsView;
  /** Without launcher; the panel opens by call. */
  hidden?: "" | boolean;
}

declare global {
  interface Window {
    allEars: AllEarsCalls;
  }

  interface HTMLElementTagNameMap {
    "all-ears": HTMLElement;
  }

  type AllEarsDomEvents = {
    [Name in keyof AllEarsEvents as `all-ears:${Name}`]: CustomEvent<AllEarsEvents[Name]>;
  };

  interface HTMLElementEventMap extends AllEarsDomEvents {}
  interface DocumentEventMap extends AllEarsDomEvents {}
}
