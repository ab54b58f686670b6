// The submission of the plain form: the same JSON as the widget's, made without it (docs/contracts.md).
import type { Config, Endpoint, Entry } from "./types";

/** What the customer wrote. */
export interface Words {
  kind: "feedback" | "complaint";
  /** 1 to 5, or 0 when none was given. */
  rating: number;
  text: string;
  name: string;
  email: string;
}

/** What is known besides. */
export interface Surroundings {
  locale: string;
  origin: string;
  url: string;
  title: string;
  referrer: string;
  survey: string;
  context: Record<string, unknown>;
  customer: Record<string, unknown>;
  now: number;
  random: Uint8Array;
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A UUID of version 7 from the clock and ten random bytes. */
export const makeId = (now: number, random: Uint8Array): string => {
  const bytes = [5, 4, 3, 2, 1, 0].map((at) => Math.floor(now / 256 ** at) % 256).concat(...random.slice(0, 10));
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

/** What the customer quotes: the last 40 bits of the id, so that any endpoint can check it. */
export const makeReference = (id: string, prefix: string): string => {
  const bits = BigInt("0x" + id.slice(-10));
  let text = prefix;
  for (let at = 0; at < 8; at++) {
    text += (at % 4 ? "" : "-") + crockford[Number((bits >> BigInt(35 - 5 * at)) & 31n)];
  }
  return text;
};

/** An address that may receive submissions: https, this machine, or the page's own origin. */
export const isAllowed = (url: string, page: string): boolean => {
  try {
    const { protocol, hostname, origin } = new URL(url, page);
    if (!/^https?:$/.test(protocol)) return false;
    return origin == new URL(page).origin || protocol == "https:" || (protocol == "http:" && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
  } catch {
    return false;
  }
};

/** Where a kind of submission goes: the attribute, else the config in any of its forms; `undefined` when nowhere. */
export const pickEndpoint = (
  config: Config | undefined, attributes: Record<string, string>, kind: string, page: string,
): Endpoint | undefined => {
  const given = attributes.endpoint || config?.endpoint;
  for (const one of [given?.[kind], given?.default, given]) {
    const endpoint: Endpoint | undefined = typeof one == "string" ? { url: one } : one;
    if (typeof endpoint?.url == "string" && isAllowed(endpoint.url, page)) {
      return { ...endpoint, url: new URL(endpoint.url, page).href };
    }
  }
  return undefined;
};

/** Absent means unknown: without nulls, empty texts and empty objects. */
const fill = (members: Record<string, unknown>): Record<string, unknown> | undefined => {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return kept.length ? Object.fromEntries(kept) : undefined;
};

/** As the widget takes it: no more entries, and no number that JSON has no way to write. */
const contextEntriesMax = 32;
const isScalar = (value: unknown): boolean => ["string", "boolean"].includes(typeof value) || Number.isFinite(value);

/** JSON that every reader takes: half a letter, as a title that was cut has it, is none. */
const write = (value: unknown): string =>
  JSON.stringify(value).replace(/\\\\|\\ud[89a-f]../g, (found) => (found.length > 2 ? "\ufffd" : found));

const bare = (address: string): string => address.replace(/[?#].*/s, "");

/** Which kind is sent: stars make feedback a rating. */
export const kindOf = ({ kind, rating }: Words): string => (kind == "feedback" && rating ? "rating" : kind);

/** The submission, serialised once; `entry.endpoint` is the caller's. */
export const makeSubmission = (words: Words, around: Surroundings, prefix = "AE"): Omit<Entry, "endpoint"> => {
  const id = makeId(around.now, around.random);
  const kind = kindOf(words);
  const text = words.text.trim();
  // What the widget would not take from the config, it does not send either.
  const reference = kind == "complaint" ? makeReference(id, /^[A-Z0-9]{1,6}$/.test(prefix) ? prefix : "AE") : undefined;
  const answers = [{ question: "rating", kind: "stars", value: words.rating as unknown }];
  if (text) answers.push({ question: "comment", kind: "text", value: text });
  const context = Object.fromEntries(Object.entries(around.context).filter(([, value]) => isScalar(value)).slice(0, contextEntriesMax));
  const told = (name: string) => (typeof around.customer[name] == "string" ? around.customer[name] : undefined);
  const { order, product } = context;
  const said = {
    rating: { survey: around.survey || "plain", answers, complete: true },
    feedback: { text },
    complaint: fill({
      reference, text, recap: { confirmed: false },
      order: typeof order == "string" ? order : undefined, product: typeof product == "string" ? product : undefined,
    }),
  }[kind];
  const body = write(fill({
    schema: "all-ears/submission/1",
    id,
    kind,
    created_at: new Date(around.now).toISOString(),
    locale: around.locale,
    site: around.origin,
    page: fill({ url: bare(around.url), title: around.title, referrer: bare(around.referrer) }),
    context: fill(context),
    customer: fill({
      name: words.name.trim() || told("name"), email: words.email.trim() || told("email"), phone: told("phone"), token: told("token"),
    }),
    [kind]: said,
  }));
  return { id, kind, reference, body };
};
