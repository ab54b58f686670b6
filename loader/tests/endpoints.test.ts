// docs/endpoints.md, each example sent to a stand-in on this machine that checks what the service documents.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { judge } from "../src/sender/machine";
import { send } from "../src/sender/network";
import { payload, typeOf } from "../src/sender/shape";
import type { Endpoint } from "../src/types";
import { makeItem } from "./items";

const manual = readFileSync("docs/endpoints.md", "utf8");

const example = (name: string): Endpoint => {
  const found = new RegExp(`<!-- example: ${name} -->\n\`\`\`json\n([^]*?)\n\`\`\``).exec(manual);
  assert(found, `docs/endpoints.md has no example ${name}`);
  return JSON.parse(found![1]!);
};

const base = {
  schema: "all-ears/submission/1", id: "01990000-1111-7222-8333-444455556666", created_at: "2026-11-21T10:04:05.120Z", locale: "en",
  site: "https://shop.example", page: { url: "https://shop.example/order", title: "Order" },
};
const complaint = {
  ...base, kind: "complaint", customer: { name: "Sam Rivers", email: "sam@example.com" },
  complaint: { reference: "AE-7F3K-9Q2M", text: "The left sole came off & the box was wet.", recap: { confirmed: true } },
};
const rating = { ...base, kind: "rating", rating: { survey: "nps", answers: [{ question: "nps", kind: "nps", value: 3 }], complete: true } };

interface Seen {
  method: string;
  url: string;
  type: string;
  headers: Record<string, string | undefined>;
  body: string;
}

type Answer = [status: number, body: string, headers?: Record<string, string>];

/** Sends a submission by an example's config to a stand-in; gives what the sender makes of its answers. */
const post = async (name: string, submission: { id: string; kind: string }, standIn: (seen: Seen) => Answer): Promise<string> => {
  const server = createServer((request: any, response: any) => {
    let body = "";
    request.on("data", (part: unknown) => (body += part));
    request.on("end", () => {
      const { method, url, headers } = request;
      const [status, text, more] = standIn({ method, url, headers, body, type: headers["content-type"] ?? "" });
      response.writeHead(status, more);
      response.end(text);
    });
  });
  const port: number = await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
  try {
    const given = example(name);
    const { pathname } = new URL(given.url);
    const endpoint = { ...given, url: `http://127.0.0.1:${port}${pathname}` };
    const body = JSON.stringify(submission);
    const item = makeItem({ id: submission.id, kind: submission.kind, endpoint, body, payload: payload({ body, endpoint }), type: typeOf(endpoint) });
    return judge(item, await send(item));
  } finally {
    server.close();
  }
};

const isText = (value: unknown): value is string => typeof value == "string" && value != "";

test("Zendesk: a requester with a name, a subject, a comment with a body, and no header it does not know", async () => {
  const zendesk = ({ method, url, type, headers, body }: Seen): Answer => {
    const { request } = JSON.parse(body);
    const { requester, subject, comment } = request;
    const sound = method == "POST" && url == "/api/v2/requests.json" && type == "application/json" && !headers["idempotency-key"] &&
      isText(requester.name) && (requester.email === undefined || /@/.test(requester.email)) && isText(subject) && isText(comment.body);
    return sound ? [201, '{"request":{"id":33}}'] : [422, '{"error":"RecordInvalid"}'];
  };
  assert.equal(await post("zendesk", complaint, zendesk), "sent");
  assert.equal(await post("zendesk", rating, zendesk), "sent");
});

test("HubSpot: fields with a name and a text, and only the context it knows", async () => {
  const known = ["hutk", "ipAddress", "pageName", "pageUri", "pageId", "sfdcCampaignId", "goToWebinarWebinarKey"];
  const hubspot = ({ url, type, headers, body }: Seen): Answer => {
    const { fields, context, ...rest } = JSON.parse(body);
    const sound = /^\/submissions\/v3\/integration\/submit\/\d+\/[0-9a-f-]{36}$/.test(url) && type == "application/json" &&
      !headers["idempotency-key"] && Object.keys(rest).length == 0 && Object.keys(context).every((name) => known.includes(name)) &&
      fields.every((field: any) => isText(field.name) && (field.value === undefined || isText(field.value)));
    return sound ? [200, '{"inlineMessage":"Thanks"}'] : [400, '{"status":"error"}'];
  };
  assert.equal(await post("hubspot", complaint, hubspot), "sent");
  assert.equal(await post("hubspot", rating, hubspot), "sent");
});

test("Slack: JSON with a text, without a preflight", async () => {
  const slack = ({ type, body }: Seen): Answer => (type.startsWith("text/plain") && isText(JSON.parse(body).text) ? [200, "ok"] : [400, "invalid_payload"]);
  assert.equal(await post("slack", complaint, slack), "sent");
  assert.equal(await post("slack", rating, slack), "sent");
});

test("Apps Script: its answer comes from elsewhere, by GET, and counts", async () => {
  let row: string | undefined;
  const script = ({ method, url, type, body }: Seen): Answer => {
    if (url == "/echo") return method == "GET" ? [200, JSON.stringify({ id: JSON.parse(row!).id })] : [405, ""];
    assert(type.startsWith("text/plain"));
    row = body;
    return [302, "", { location: "/echo" }];
  };
  assert.equal(await post("apps-script", complaint, script), "sent");
  assert.deepEqual(JSON.parse(row!), complaint);
});

test("PHP: the fields of a form, and what is unknown is not there", async () => {
  const php = ({ type, body }: Seen): Answer => {
    const fields = new URLSearchParams(body);
    assert(type.startsWith("application/x-www-form-urlencoded"));
    assert.deepEqual([...fields.keys()], ["from", "message", "reference"]);
    return fields.get("message") == complaint.complaint.text ? [200, "<p>Thank you</p>"] : [500, ""];
  };
  assert.equal(await post("php", complaint, php), "sent");
});

test("a redirect that the config does not speak of is never followed", async () => {
  const asked: string[] = [];
  await post("slack", complaint, ({ url }) => (asked.push(url), [307, "", { location: "/elsewhere" }]));
  assert.equal(asked.length, 1);
});
