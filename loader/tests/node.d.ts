// The little of Node that the tests use.
declare function setImmediate(work: () => void): void;
declare module "node:test" {
  export function test(name: string, body: (context: { after(work: () => void): void }) => void | Promise<void>): void;
  export function beforeEach(work: () => void): void;
  export function afterEach(work: () => void): void;
}
declare module "node:assert/strict" {
  interface Assert {
    (value: unknown, message?: string): asserts value;
    equal(actual: unknown, expected: unknown, message?: string): void;
    throws(body: () => void): void;
    notEqual(actual: unknown, expected: unknown, message?: string): void;
    deepEqual(actual: unknown, expected: unknown, message?: string): void;
    match(actual: string, pattern: RegExp, message?: string): void;
    rejects(work: Promise<unknown> | (() => Promise<unknown>), message?: string): Promise<void>;
  }
  const assert: Assert;
  export default assert;
}
declare module "fake-indexeddb" {
  export class IDBFactory {}
  export class IDBKeyRange {}
}
declare module "node:http" {
  export function createServer(listener: (request: any, response: any) => void): any;
}
declare module "node:v8" {
  export function setFlagsFromString(flags: string): void;
}
declare module "node:vm" {
  export function runInNewContext(code: string): any;
}
declare module "node:fs" {
  export function readFileSync(path: string, encoding: string): string;
}
declare module "node:os" {
  export function availableParallelism(): number;
}
declare module "node:worker_threads" {
  export const isMainThread: boolean;
  export const workerData: unknown;
  export const parentPort: { postMessage(message: unknown): void } | null;
  export class Worker {
    constructor(file: URL, options: { workerData: unknown });
    once(event: "message" | "error" | "exit", hear: (value: any) => void): this;
  }
}
