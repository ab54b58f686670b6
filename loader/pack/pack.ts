// Packs the WASM for the way to the visitor, at build time; see `../src/unpack.ts`.
import { headBytes, Stream, unpack } from "../src/unpack";
import { leb, magic, type Module, readModule, reorder } from "./module";
import { orderByLikeness } from "./order";

const utf8 = (text: string) => [...new TextEncoder().encode(text)];

/** A length in three bytes. */
const size = (count: number): number[] => [(count & 127) | 128, ((count >> 7) & 127) | 128, count >> 14];

/** A length in four. */
const whole = (count: number): number[] => [0, 8, 16, 24].map((bits) => (count >> bits) & 255);

/** A section of a module's own, which whoever runs it passes over. */
const custom = (name: string, content: number[]) => [0, ...size(name.length + 1 + content.length), name.length, ...utf8(name), ...content];

/** The section by which engines call the module in the stack of a trap, so that ours can be told from others. */
const named = (name: string) => custom("name", [0, name.length + 1, name.length, ...utf8(name)]);

/** The module as engines will see it: lengths in its code of three bytes, no hints of alignment, and a name; and the
 *  streams that make it up. */
const write = ({ sections, funcs }: Module, name: string) => {
  const streams: number[][] = [[...magic], [], [], [], [], [], [], []];
  streams[Stream.Code]!.push(...leb(funcs.length));
  const code = [...leb(funcs.length)];
  for (const { pieces } of funcs) {
    const body: number[] = [];
    for (const { stream, bytes } of pieces) {
      if (stream === undefined) body.push(0);
      else {
        body.push(...bytes);
        streams[stream]!.push(...bytes);
      }
    }
    code.push(...size(body.length), ...body);
  }
  let side = streams[Stream.Before]!;
  for (const { kind, content } of sections) {
    if (kind == 10) side = streams[Stream.After]!;
    else side.push(kind, ...leb(content.length), ...content);
  }
  side.push(...named(name));
  return { streams, module: Uint8Array.from([...streams[Stream.Before]!, 10, ...size(code.length), ...code, ...side]) };
};

/** What travels, and what comes out of it. */
interface Packed {
  packed: Uint8Array<ArrayBuffer>;
  module: Uint8Array<ArrayBuffer>;
}

/** Packs a module; unpacked again by the visitor's own means it is the module that is returned beside. */
export const pack = (bytes: Uint8Array, name: string): Packed => {
  const read = readModule(bytes);
  const { streams, module } = write(reorder(read, orderByLikeness(read.funcs)), name);
  const lengths = [module.length, ...streams.slice(0, Stream.After).map((stream) => stream.length)].flatMap(whole);
  const packed = Uint8Array.from([...magic, ...custom("streams", [...lengths, ...streams.flat()])]);
  if (magic.length + custom("streams", []).length != headBytes) throw new Error("the head has another length");
  const unpacked = unpack(packed);
  if (unpacked.length != module.length || unpacked.some((byte, place) => byte != module[place])) {
    throw new Error("what was packed unpacks to something else");
  }
  return { packed, module };
};
