// One attempt over the network. Nothing a page adds to prototypes, and nothing it does to `fetch`, goes further than here.
import { timeoutMs, type Item, type Outcome } from "./machine";

/** Taken early, before the page wraps it. */
const nativeFetch = fetch;

/** A larger body goes without `keepalive`: the page has 64 KiB of that in all. */
const keepaliveLengthMax = 16 * 1024;

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
  const { endpoint, body, id } = item;
  const text = endpoint.format == "text";
  const headers: Record<string, string> = bare({ "content-type": text ? "text/plain;charset=UTF-8" : "application/json" });
  if (!text) headers["idempotency-key"] = id;
  for (const name of Object.keys(endpoint.headers ?? {})) headers[name] = endpoint.headers![name]!;
  return bare({
    method: endpoint.method || "POST", headers, body, keepalive, signal,
    credentials: (endpoint.credentials || "omit") as RequestCredentials,
    mode: "cors", cache: "no-store", redirect: "manual", referrerPolicy: "strict-origin", integrity: "",
  });
};

/** Sends an item once. Never rejects. */
export const send = async (item: Item): Promise<Outcome> => {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => {
      resolve({});
      abort.abort();
    }, timeoutMs(item.endpoint));
  });
  const attempt = async (keepalive: boolean): Promise<Outcome> => {
    const response = await nativeFetch(item.endpoint.url, request(item, abort.signal, keepalive));
    const retry_after_ms = readRetryAfter(response.headers, Date.now());
    // A redirect is not followed: the submission goes where the company said, or nowhere.
    const status = response.type == "opaqueredirect" ? 302 : response.status;
    return { status, retry_after_ms, body: await response.text() };
  };
  const keepalive = item.body.length <= keepaliveLengthMax;
  const work = attempt(keepalive)
    // The page may have used up what the browser allows of `keepalive`.
    .catch((error) => (keepalive && error instanceof TypeError ? attempt(false) : {}))
    .catch(() => ({}));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
};
