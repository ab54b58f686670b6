// The sender in many small worlds (simulation/world.ts); `cargo xtask test simulation` goes through a hundred thousand. Whatever happens in them: nothing that was called
// saved is lost, nothing arrives twice or changed, nothing waits for ever, and every screen says what is true.
//
//   SENDER_SEED=4711 node loader/tests/run.mjs simulation       replays one schedule, step by step
//   SENDER_SCHEDULES=1000000 node loader/tests/run.mjs simulation
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { Broken, World } from "./simulation/world";

declare const process: { env: Record<string, string | undefined>; on(event: string, hear: (error: unknown) => void): void };

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

const runAll = async (first: number, count: number): Promise<Found> => {
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

/** What a worker was asked to go through, and what came of it. */
type Share = { first: number; count: number };
type Found = { requests: number; broken: string[] };

/** Workers, one for each core: the test runner watches every promise of its own thread, which takes most of the time. */
const shared = async (count: number): Promise<Found> => {
  const cores = Math.max(1, availableParallelism());
  const each = Math.ceil(count / cores);
  const found = await Promise.all(Array.from({ length: cores }, (_, at) => new Promise<Found>((resolve, reject) => {
    const share: Share = { first: 1 + at * each, count: Math.max(0, Math.min(each, count - at * each)) };
    const worker = new Worker(new URL(import.meta.url), { workerData: share });
    worker.once("message", resolve).once("error", reject).once("exit", (code) => reject(new Error(`a worker ended with ${code}`)));
  })));
  return { requests: found.reduce((sum, one) => sum + one.requests, 0), broken: found.flatMap((one) => one.broken) };
};

if (isMainThread) test(`${schedules} schedules: nothing lost, nothing doubled, nothing starved, every sentence true`, async () => {
  if (process.env.SENDER_SEED) {
    const found = await replay(Number(process.env.SENDER_SEED));
    assert.equal(found, "", found);
    return;
  }
  const { requests, broken } = await shared(schedules);
  assert.deepEqual(broken, [], "replay with SENDER_SEED=<seed> node loader/tests/run.mjs simulation");
  assert(requests > schedules, `only ${requests} requests: the worlds are asleep`);
});
else {
  const failures: string[] = [];
  process.on("unhandledRejection", (error) => failures.push(String(error)));
  const { first, count } = workerData as Share;
  const { requests, broken } = await runAll(first, count);
  parentPort!.postMessage({ requests, broken: [...broken, ...failures] });
}
