// The sender in many small worlds (simulation/world.ts); `cargo xtask test simulation` goes through two thousand. Whatever happens in them: nothing that was called
// saved is lost, nothing arrives twice or changed, nothing waits for ever, and every screen says what is true.
//
//   SENDER_SEED=4711 node loader/tests/run.mjs simulation       replays one schedule, step by step
//   SENDER_SCHEDULES=1000000 node loader/tests/run.mjs simulation
import assert from "node:assert/strict";
import { test } from "node:test";
import { Broken, World } from "./simulation/world";

declare const process: { env: Record<string, string | undefined>; hrtime: { bigint(): bigint } };

const schedules = Number(process.env.SENDER_SCHEDULES ?? 2_000);
/** So many worlds live side by side, because letting promises settle is what takes the time. */
const atOnce = 400;
const stepsMax = 200_000;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const replay = async (seed: number): Promise<string> => {
  const world = new World(seed, true);
  try {
    while (!world.over && !world.broken) {
      world.step();
      await settle();
    }
    return world.broken ? [...world.log, world.broken].join("\n") : "";
  } catch (error) {
    return [...world.log, String(error)].join("\n");
  }
};

const runAll = async (first: number, count: number): Promise<{ requests: number; broken: string[] }> => {
  const broken: string[] = [];
  let requests = 0;
  let seed = first;
  let worlds: World[] = [];
  for (let steps = 0; seed < first + count || worlds.length; steps++) {
    while (worlds.length < atOnce && seed < first + count) worlds.push(new World(seed++));
    worlds = worlds.filter((world) => {
      try {
        world.step();
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
      }
      if (world.broken) broken.push(world.broken);
      if (world.over) requests += world.requests;
      return !world.over && !world.broken;
    });
    if (broken.length > 4) break;
    await settle();
    assert(steps < stepsMax * Math.ceil(count / atOnce), "a world does not end");
  }
  return { requests, broken };
};

test(`${schedules} schedules: nothing lost, nothing doubled, nothing starved, every sentence true`, async () => {
  if (process.env.SENDER_SEED) {
    const found = await replay(Number(process.env.SENDER_SEED));
    assert.equal(found, "", found);
    return;
  }
  const failures: string[] = [];
  const onRejection = (error: unknown) => failures.push(String(error));
  (process as any).on("unhandledRejection", onRejection);
  const { requests, broken } = await runAll(1, schedules);
  assert.deepEqual([...broken, ...failures], [], "replay with SENDER_SEED=<seed> node loader/tests/run.mjs simulation");
  assert(requests > schedules, `only ${requests} requests: the worlds are asleep`);
});
