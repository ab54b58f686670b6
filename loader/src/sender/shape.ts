// What goes over the wire when the endpoint wants another shape than ours. It is made once, before anything is stored;
// the words as they were written stay beside it. Not in the sender's file: who only sends what waits needs none of it.
import type { Config, Endpoint, Entry, Sender } from "../types";

/** A submission as an event (cloudevents.io, version 1.0, structured). */
const event = {
  specversion: "1.0", id: "{{id}}", type: "all-ears.{{kind}}", source: "{{site}}", time: "{{created_at}}",
  datacontenttype: "application/json", data: "{{.}}",
};

const placeholder = /{{\s*([^{}]*?)\s*}}/g;

/** The value at a path, or at the first of several (`a.b|c`) that leads anywhere; `.` is the whole submission. */
const find = (from: unknown, paths: string): unknown => {
  for (const path of paths.split("|")) {
    let at: any = from;
    for (const name of path.trim().split(".")) if (name) at = Object.hasOwn(Object(at), name) ? at[name] : undefined;
    if (at !== undefined) return at;
  }
  return undefined;
};

/** JSON, whatever the page has hung on prototypes. What is unknown is left out. */
const write = (value: unknown): string | undefined => {
  if (!value || typeof value != "object") return JSON.stringify(value);
  if (Array.isArray(value)) return "[" + value.map(write).filter((one) => one) + "]";
  const members = Object.entries(value).map(([name, one]) => [JSON.stringify(name), write(one)]);
  return "{" + members.filter(([, one]) => one).map((pair) => pair.join(":")) + "}";
};

const asText = (value: unknown): string => (typeof value == "string" ? value : write(value) ?? "");

/** A text that is nothing but one placeholder keeps the value's type; within other words it becomes text. */
const fill = (template: unknown, from: unknown): unknown => {
  if (typeof template == "string") {
    const whole = /^{{\s*([^{}]*?)\s*}}$/.exec(template);
    return whole ? find(from, whole[1]!) : template.replace(placeholder, (_, paths) => asText(find(from, paths)));
  }
  if (!template || typeof template != "object") return template;
  if (Array.isArray(template)) return template.map((one) => fill(one, from));
  return Object.fromEntries(Object.entries(template).map(([name, one]) => [name, fill(one, from)]));
};

/** `complaint[text]=…`, as PHP and most form readers take nested values. */
const flatten = (value: unknown, name = ""): [string, string][] =>
  value && typeof value == "object"
    ? Object.entries(value).flatMap(([key, one]) => flatten(one, name ? `${name}[${key}]` : key))
    : value === undefined ? [] : [[name, asText(value)]];

/** The bytes for an entry's endpoint; `undefined` when the submission goes as it is. */
export const payload = ({ body, endpoint: { format, body: template = format == "cloudevents" ? event : undefined } }: Pick<Entry, "body" | "endpoint">): string | undefined => {
  if (template === undefined && format != "form") return undefined;
  const from = JSON.parse(body);
  const value = template === undefined ? from : fill(template, from);
  return format == "form" ? new URLSearchParams(flatten(value)).toString() : write(value);
};

const types = { __proto__: null, form: "x-www-form-urlencoded", cloudevents: "cloudevents+json" } as {} as Record<string, string>;

/** The media type of these bytes, where it is not that of our own. */
export const typeOf = ({ format }: Endpoint): string | undefined => types[format!] && `application/${types[format!]};charset=UTF-8`;

/** The template that the config has for a kind of submission. */
const templateOf = (config: Config | undefined, kind: string): unknown => {
  const { endpoint } = config ?? {};
  return [endpoint?.[kind], endpoint?.default, endpoint].find((one) => typeof (one?.url ?? one) == "string")?.body;
};

/** A sender that gives each submission its endpoint's shape. The widget knows nothing of templates: `config` does. */
export const shaped = (sender: Sender, config: () => Config | undefined): Sender => ({
  ...sender,
  submit: (entry) => {
    const { endpoint, kind } = entry;
    const shape = { ...entry, endpoint: { ...endpoint, body: endpoint.body ?? templateOf(config(), kind) } };
    return sender.submit({ ...entry, payload: payload(shape), type: typeOf(endpoint) });
  },
});
