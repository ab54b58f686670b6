// One attempt over the network. Nothing a page adds to prototypes, and nothing it does to `fetch`, goes further than here.
import { bytes, timeoutMs, type Item, type Outcome } from "./machine";
import { realm } from "./realm";

/** A larger body goes without `keepalive`: the page has 64 KiB of that in all, for itself and for us. */
const keepaliveBytesMax = 16 * 1024;

/** `Retry-After` in seconds or as a date, which is read against the answer's own clock. */
export const readRetryAfter = (headers: Headers, now: number): number | undefined => {
  const value: any = headers.get("retry-after");
  const ms = value * 1000 || Date.parse(value) - (Date.parse(headers.get("date")!) || now);
  return ms > 0 ? ms : undefined;
};

/** The request as `fetch` takes it: no prototype that could add to it. */
export const request = (item: Item, signal: AbortSignal, keepalive: boolean, file?: ArrayBuffer): RequestInit => {
  const { id, endpoint: { method, headers, credentials, format, redirect }, type, payload, body } = item;
  const plain = type || format == "text" && "text/plain;charset=UTF-8";
  return {
    __proto__: null,
    method: method || "POST",
    headers: {
      __proto__: null,
      "content-type": plain || "application/json",
      // Only who takes our own shape knows this header; others would refuse the whole request for it.
      ...!plain && !payload && { "idempotency-key": id },
      ...headers,
    },
    body: file ?? payload ?? body, keepalive, signal,
    credentials: credentials || "omit",
    cache: "no-store", redirect: redirect == "follow" ? redirect : "manual", referrerPolicy: "strict-origin",
  } as {} as RequestInit;
};

/** Sends an item once, or in its place a file. Never rejects. */
export const send = (item: Item, file?: ArrayBuffer, abort = new AbortController()): Promise<Outcome> => new Promise((resolve) => {
  const own = realm();
  /** What is known so far: the status line counts, even when the rest of the answer never comes. */
  let known: Outcome = {};
  const attempt = async (keepalive: boolean) => {
    const response = await own.fetch(item.endpoint.url, request(item, abort.signal, keepalive, file));
    // A redirect is not followed: the submission goes where the company said, or nowhere.
    const status = response.type == "opaqueredirect" ? 302 : response.status;
    known = { status, retry_after_ms: readRetryAfter(response.headers, own.Date.now()) };
    known.body = await response.text();
  };
  const end = () => {
    own.clearTimeout(timer);
    resolve(known);
  };
  const timer = own.setTimeout(() => {
    end();
    abort.abort();
  }, timeoutMs(item.endpoint));
  const small = !file && bytes(item) <= keepaliveBytesMax;
  attempt(small)
    // The page may have used up what the browser allows of `keepalive`.
    .catch(() => (small && !known.status ? attempt(false) : undefined))
    .then(end, end);
});
