// Items for tests.
import type { Item } from "../src/sender/machine";

export const url = "https://in.example/v1/submissions";

export const makeItem = (some: Partial<Item>): Item => ({
  id: "a", v: 1, kind: "feedback", endpoint: { url }, body: "{}", created_ms: 1, attempts: 0, last_try_ms: 0, state: "stored", ...some,
});
