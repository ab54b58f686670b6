// The widget's module with its WASM started: once for all elements of the page.
import type { Stage } from "./types";

let engine: Promise<any> | undefined;

const start = async ({ parts: [module, wasm] }: Stage): Promise<any> => {
  const response = await wasm;
  // A server that names the wrong media type is forgiven.
  const compiled = WebAssembly.compileStreaming(response.clone()).catch(async () =>
    WebAssembly.compile(await response.arrayBuffer()),
  );
  const [glue, module_or_path] = await Promise.all([module, compiled]);
  await glue.default({ module_or_path });
  return glue;
};

/** Resolves with the module; a failure is forgotten, so that the next click tries again. */
export const startEngine = (stage: Stage): Promise<any> =>
  (engine ||= start(stage).catch((error) => {
    engine = undefined;
    throw error;
  }));
