// One attempt over the network. Nothing a page adds to prototypes, and nothing it does to `fetch`, goes further than here.
import { bytes, timeoutMs, type Item, type Outcome } from "./machine";
import { realm } from "./realm";

/** A larger body goes without `keepalive`: the page has 64 KiB of that in all, for itself and for us. */
const keepaliveBytesMax = 16 * 1024;

const types: Record<string, string> = {
  text: "text/plain",
  form: "application/x-www-form-urlencoded",
  cloudevents: "application/cloudevents+json",
};

/** An object without a prototype. */
const bare = <T extends object>(members: T): T => Object.assign(Object.create(null), members);

/** `Retry-After` in seconds or as a date, which is read against the answer's own clock. */
export const readRetryAfter = (headers: Headers, now: number): number | undefined => {
  const value = headers.get("retry-after");
  if (!value) return undefined;
  const ms = /^\s*\d+\s*$/.test(value) ? +value * 1000 : Date.parse(value) - (Date.parse(headers.get("date") ?? "") || now);
  return ms > 0 ? ms : undefined;
};

/** The request as `fetch` takes it: every member set, and no prototype that could add to them. */
export const request = (item: Item, signal: AbortSignal, keepalive: boolean): RequestInit => {
  const { method, headers: more, credentials, format, redirect } = item.endpoint;
  const type = types[format!];
  const headers: Record<string, string> = bare({ "content-type": type ? type + ";charset=UTF-8" : "application/json" });
  // Only who takes our own shape knows this header; others would refuse the whole request for it.
  if (!type && !item.payload) headers["idempotency-key"] = item.id;
  for (const name of Object.keys(more ?? {})) headers[name] = more![name]!;
  return bare({
    method: method || "POST", headers, body: item.payload ?? item.body, keepalive, signal,
    credentials: (credentials || "omit") as RequestCredentials,
    mode: "cors", cache: "no-store", redirect: redirect == "follow" ? "follow" : "manual", referrerPolicy: "strict-origin",
    integrity: "",
  });
};

/** Sends an item once. Never rejects. */
export const send = async (item: Item): Promise<Outcome> => {
  const own = realm();
  const abort = new AbortController();
  /** What is known so far: the status line counts, even when the rest of the answer never comes. */
  let known: Outcome = {};
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<void>((resolve) => {
    timer = own.setTimeout(() => {
      resolve();
      abort.abort();
    }, timeoutMs(item.endpoint));
  });
  const attempt = async (keepalive: boolean) => {
    const response = await own.fetch(item.endpoint.url, request(item, abort.signal, keepalive));
    // A redirect is not followed: the submission goes where the company said, or nowhere.
    const status = response.type == "opaqueredirect" ? 302 : response.status;
    known = { status, retry_after_ms: readRetryAfter(response.headers, own.Date.now()) };
    known = { ...known, body: await response.text() };
  };
  const small = bytes(item) <= keepaliveBytesMax;
  const work = attempt(small)
    // The page may have used up what the browser allows of `keepalive`.
    .catch(() => (small && !known.status ? attempt(false) : undefined))
    .catch(() => {});
  await Promise.race([work, late]);
  own.clearTimeout(timer!);
  return known;
};
