// What comes from outside, made up at random: the wishes of an endpoint (`Retry-After`), and templates and submissions
// with keys and values that mean something to JavaScript.
//   FUZZ_RUNS=1000000 node loader/tests/run.mjs fuzz     tries more
//   FUZZ_SEED=4711 node loader/tests/run.mjs fuzz        replays one
import assert from "node:assert/strict";
import { test } from "node:test";
import { gateAfter } from "../src/sender/machine";
import { readRetryAfter, request } from "../src/sender/network";
import { payload, shaped } from "../src/sender/shape";
import type { Config, Entry, Sender } from "../src/types";
import { makeItem } from "./items";
import { seeded } from "./random";

declare const process: { env: Record<string, string | undefined> };
const runs = Number(process.env.FUZZ_RUNS ?? 2_000);
const day = 86_400_000;
const now = Date.UTC(2026, 10, 22, 12);

type Random = () => number;
const below = (random: Random, bound: number): number => Math.floor(random() * bound);
const one = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;
const many = <T>(random: Random, most: number, make: () => T): T[] => Array.from({ length: below(random, most + 1) }, make);

/** Each of so many seeds, or the one that is asked for; what fails says which it was. */
const fuzz = (name: string, work: (random: Random) => void | Promise<void>) => test(name, async () => {
  const only = process.env.FUZZ_SEED;
  for (let seed = Number(only ?? 0); seed < (only ? Number(only) + 1 : runs); seed++) {
    try {
      await work(seeded(seed));
    } catch (error: any) {
      error.message = `FUZZ_SEED=${seed}: ${error.message}`;
      throw error;
    }
  }
});

const headers = (all: Record<string, string | null>) => ({ get: (name: string) => all[name] ?? null }) as unknown as Headers;

const oddWishes = [
  "", " ", "0", "-1", "+5", "00012", "1.5", "1,5", "1e3", "1e999", "-1e999", "0x10", "0b11", "1_000", "12s", "5; 6", "NaN", "Infinity",
  "-Infinity", "null", "undefined", "[object Object]", "9007199254740993", "9".repeat(400), "soon", "\u0661\u0662", "Sat, 99 Nov 2026 99:99:99 GMT",
  "Sun, 22 Nov 2026 12:00:05", "22 Nov", "2026-11-22T12:00:05Z", "+275760-09-13T00:00:00.000Z", "-271821-04-20T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT",
];

const letters = (random: Random) => many(random, 12, () => String.fromCharCode(below(random, 0x110))).join("");
const dateAt = (ms: number) => new Date(ms).toUTCString();
/** A whole second within two years of now. */
const moment = (random: Random) => now + (below(random, 126_144_000) - 63_072_000) * 1000;

fuzz("whatever an endpoint asks for, it is waited for a time that has an end", (random) => {
  const clocks = [() => dateAt(moment(random)), () => one(random, oddWishes), () => letters(random), () => null];
  const asked = headers({ "retry-after": one(random, clocks)(), date: one(random, clocks)() });
  const at = one(random, [now, 0, -1, moment(random), 8.64e15]);
  const ms = readRetryAfter(asked, at);
  assert(ms === undefined || (typeof ms == "number" && ms > 0), `waits ${ms}`);
  const before = one(random, [undefined, { fails: below(random, 2000), until_ms: at, floor_ms: at, set_ms: at }]);
  const gate = gateAfter(before, "stored", { status: 503, retry_after_ms: ms }, at, random(), random() < 0.5)!;
  for (const value of Object.values(gate)) assert(Number.isFinite(value), JSON.stringify(gate));
  assert(gate.until_ms >= at && gate.until_ms - at <= day, `a gate of ${gate.until_ms - at} ms`);
});

fuzz("seconds are waited for to the second, and dates by the endpoint's own clock", (random) => {
  const seconds = 1 + below(random, 200_000);
  const device = moment(random);
  assert.equal(readRetryAfter(headers({ "retry-after": String(seconds), date: dateAt(moment(random)) }), device), seconds * 1000);
  const [own, wish] = [moment(random), moment(random)];
  const expected = wish > own ? wish - own : undefined;
  assert.equal(readRetryAfter(headers({ "retry-after": dateAt(wish), date: dateAt(own) }), device), expected);
});

const keys = [
  "__proto__", "constructor", "prototype", "toString", "toJSON", "hasOwnProperty", "valueOf", "length", "then", "0", "-1", "1e3", "kind", "id", "text",
  "a[b]", "a]", "[]", "&=", "%00", "+", "\ud83d", "\ude00x", "\u0000", "\u202e", "\u{1f6b2}", '"', "\\", "é",
];
const texts = [
  "", " ", "null", "{{kind}}", "{{", "}}", "{{.}}", "{{ {{id}} }}", "$&", "$1", "$$", "\ud800", "a\udfffb", "\u0000\u001f\u2028\u2029", "\u{1f6b2}", '"\\/\b', "</script>",
  "a&b=c;d%", "{{" + " ".repeat(200), "x".repeat(3000),
];
const numbers = [0, 1, -1, 0.1, 1e21, 1e-7, 2 ** 53, -(2 ** 63), Number.MAX_VALUE, Number.MIN_VALUE, 5e-324];

const scalar = (random: Random): unknown => one<() => unknown>(random, [() => one(random, texts), () => one(random, numbers), () => random() < 0.5, () => null])();
const key = (random: Random): string => (random() < 0.7 ? one(random, keys) : letters(random));

/** Any JSON, now and then a deep one. */
const json = (random: Random, depth: number): unknown => {
  if (depth == 3 && random() < 0.02) return Array.from({ length: 400 }).reduce<unknown>((inner) => (random() < 0.5 ? [inner] : Object.fromEntries([[key(random), inner]])), scalar(random));
  const kind = depth && below(random, 3);
  if (!kind) return scalar(random);
  return kind == 1 ? many(random, 4, () => json(random, depth - 1)) : Object.fromEntries(many(random, 4, () => [key(random), json(random, depth - 1)]));
};

const submission = (random: Random): Record<string, unknown> => Object.fromEntries<unknown>([
  ["schema", "all-ears/submission/1"], ["id", "0199-x"], ["kind", "complaint"], ["complaint", json(random, 3)], ["context", json(random, 2)],
  ...many(random, 3, () => [key(random), json(random, 3)] as const),
]);

/** A name that a path can hold. */
const isNamed = (name: string) => /^[^.|{}\s]+$/.test(name);

/** A way to some value of it, and the value; sometimes a way to nowhere. */
const way = (random: Random, from: unknown): [path: string, value: unknown] => {
  if (random() < 0.15) return [one(random, ["nothing", "id.nothing", "complaint.nothing.__proto__", "__proto__.x.y", "kind.constructor.name"]), undefined];
  const names: string[] = [];
  let at: any = from;
  while (at && typeof at == "object" && random() < 0.75) {
    const within = Object.keys(at).filter(isNamed);
    if (!within.length) break;
    names.push(one(random, within));
    at = at[names.at(-1)!];
  }
  return names.length ? [names.join("."), at] : [".", from];
};

/** A template together with what it has to become; `undefined` is left out. */
const template = (random: Random, from: unknown, depth = 3): [template: unknown, expected: unknown] => {
  const kind = below(random, depth ? 6 : 4);
  if (kind == 0) {
    const value = scalar(random);
    return typeof value == "string" && value.includes("{{") ? ["plain", "plain"] : [value, value];
  }
  if (kind == 1 || kind == 2) {
    const [path, value] = way(random, from);
    const [first, found] = random() < 0.3 && value !== undefined ? ["nothing|" + path, value] : [path, value];
    return [one(random, [`{{${first}}}`, `{{ ${first} }}`]), found];
  }
  if (kind == 3) {
    const [path, value] = way(random, from);
    return [`a $& {{${path}}} b`, `a $& ${typeof value == "string" ? value : value === undefined ? "" : JSON.stringify(value)} b`];
  }
  if (kind == 4) {
    const all = many(random, 4, () => template(random, from, depth - 1));
    return [all.map(([it]) => it), all.map(([, it]) => it).filter((it) => it !== undefined)];
  }
  const all = new Map(many(random, 4, () => [key(random), template(random, from, depth - 1)] as const));
  return [
    Object.fromEntries([...all].map(([name, [it]]) => [name, it])),
    Object.fromEntries([...all].map(([name, [, it]]) => [name, it] as const).filter(([, it]) => it !== undefined)),
  ];
};

/** The values of a form: what is not a list or an object. */
const leaves = (value: any): unknown[] => (value && typeof value == "object" ? Object.values(value).flatMap(leaves) : [value]);
const wellFormed = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text));

fuzz("a template becomes what it says: valid JSON, values of the type they had", (random) => {
  const from = submission(random);
  const body = JSON.stringify(from);
  const [shape, expected] = template(random, JSON.parse(body));
  const made = payload({ body, endpoint: { url: "https://in.example/", body: shape } });
  if (expected === undefined) return assert.equal(made, undefined);
  assert.deepEqual(JSON.parse(made!), JSON.parse(JSON.stringify(expected)), JSON.stringify(shape));
  const event = JSON.parse(payload({ body, endpoint: { url: "https://in.example/", format: "cloudevents" } })!);
  assert.deepEqual(event.data, JSON.parse(body));
});

fuzz("a form has every value once, under a name of its own, whatever is in it", (random) => {
  const from = submission(random);
  const body = JSON.stringify(from);
  const [shape, expected] = random() < 0.5 ? template(random, JSON.parse(body)) : [undefined, JSON.parse(body)];
  const made = payload({ body, endpoint: { url: "https://in.example/", format: "form", body: shape } })!;
  const pairs = [...new URLSearchParams(made)];
  const values = expected === undefined ? [] : leaves(JSON.parse(JSON.stringify(expected)));
  assert.deepEqual(pairs.map(([, value]) => value), values.map((value) => (typeof value == "string" ? wellFormed(value) : JSON.stringify(value))));
  assert.match(made, /^[\w.*+%&=-]*$/);
});

fuzz("whatever a config has for an endpoint, words are handed on with a request that can be made", async (random) => {
  const body = JSON.stringify(submission(random));
  const entries: Entry[] = [];
  const core = { submit: async (entry: Entry) => void entries.push(entry) } as unknown as Sender;
  const endpoint = { url: "https://in.example/", format: one(random, [undefined, "text", "form", "cloudevents", "__proto__", "constructor", "json"]) };
  const config = { endpoint: one<() => unknown>(random, [
    () => json(random, 3), () => ({ url: "https://in.example/", body: json(random, 3) }), () => Object.fromEntries([["complaint", json(random, 3)], ["default", json(random, 3)]]),
  ])() } as Config;
  await shaped(core, () => config).submit({ id: "0199-x", kind: "complaint", endpoint, body } as Entry);
  assert.equal(entries[0]!.body, body);
  const sent = request(makeItem({ ...entries[0] }), new AbortController().signal, true);
  assert.equal(typeof sent.body, "string");
  new Headers({ ...sent.headers as Record<string, string> });
  assert.match(entries[0]!.type ?? "application/json", /^application\/[a-z+-]+(;charset=UTF-8)?$/);
});
