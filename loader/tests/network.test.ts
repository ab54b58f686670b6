// One attempt over a real line, to a stand-in on this machine.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { judge } from "../src/sender/machine";
import { send } from "../src/sender/network";
import { makeItem } from "./items";

interface Seen {
  method: string;
  url: string;
  type?: string;
  key?: string;
  cookie?: string;
  body: string;
}

/** Answers each request by its path; gives what came. */
const listen = async (answers: Record<string, (response: any) => void>, work: (origin: string) => Promise<void>): Promise<Seen[]> => {
  const seen: Seen[] = [];
  const server = createServer((request: any, response: any) => {
    let body = "";
    request.on("data", (part: unknown) => (body += part));
    request.on("end", () => {
      const { method, url, headers } = request;
      seen.push({ method, url, type: headers["content-type"], key: headers["idempotency-key"], cookie: headers.cookie, body });
      answers[url]!(response);
    });
  });
  const port: number = await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
  try {
    await work(`http://127.0.0.1:${port}`);
  } finally {
    (server as any).closeAllConnections();
    server.close();
  }
  return seen;
};

const photo = (url: string) => makeItem({ id: "a", kind: "attachment", body: "", type: "image/jpeg", endpoint: { url, method: "PUT", timeout_seconds: 5 } });
const bytes = () => new TextEncoder().encode("the sole").buffer as ArrayBuffer;

test("a file goes as what it is, to its address and to no other", async () => {
  const seen = await listen({
    "/taken": (response) => response.writeHead(201).end('{"id":"a"}'),
    "/moved": (response) => response.writeHead(307, { location: "/elsewhere" }).end(),
    "/elsewhere": (response) => response.writeHead(201).end('{"id":"a"}'),
  }, async (origin) => {
    const item = photo(origin + "/taken");
    assert.equal(judge(item, await send(item, bytes())), "sent");
    const moved = photo(origin + "/moved");
    assert.equal(judge(moved, await send(moved, bytes())), "held");
  });
  const file = { method: "PUT", type: "image/jpeg", key: undefined, cookie: undefined, body: "the sole" };
  assert.deepEqual(seen, [{ ...file, url: "/taken" }, { ...file, url: "/moved" }]);
});

test("what is stopped in the middle of its way ends at once, and is no answer", async () => {
  const abort = new AbortController();
  await listen({ "/never": () => abort.abort() }, async (origin) => {
    const item = photo(origin + "/never");
    const start = performance.now();
    assert.equal(judge(item, await send(item, bytes(), abort)), "stored");
    assert(performance.now() - start < 4000, "it waited for the end of its time");
  });
});

test("a status counts although the rest of the answer never comes", async () => {
  await listen({ "/half": (response) => response.writeHead(422).write("{") }, async (origin) => {
    const item = makeItem({ endpoint: { url: origin + "/half", timeout_seconds: 0.3 } });
    assert.equal(judge(item, await send(item)), "rejected");
  });
});
