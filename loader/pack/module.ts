// Reads a WebAssembly module as far as packing it needs, and writes its functions in another order. It knows the
// instructions of the features that `xtask/src/wasm.rs` allows wasm-opt, which refuses a module with others.
import { goThrough, Stream } from "../src/unpack";

/** What moves together: an instruction, or one operand. */
export interface Piece {
  stream: Stream | undefined;
  bytes: number[];
}

/** A function: its type, and its body in pieces; those without a stream are hints of alignment. */
export interface Func {
  type: number;
  pieces: Piece[];
}

interface Section {
  kind: number;
  content: Uint8Array;
}

export interface Module {
  sections: Section[];
  /** How many functions come from elsewhere: the others are counted behind them. */
  imported: number;
  funcs: Func[];
}

export const magic = [0, 97, 115, 109, 1, 0, 0, 0];

/** An unsigned LEB128. */
export const leb = (number: number): number[] => (number > 127 ? [(number & 127) | 128, ...leb(number >>> 7)] : [number]);

const numberOf = (bytes: number[]): number => bytes.reduce((sum, byte, at) => sum + (byte & 127) * 2 ** (7 * at), 0);

/** Reads on from a place. */
class Reader {
  at = 0;

  constructor(private readonly _bytes: Uint8Array) {}

  byte(): number {
    const byte = this._bytes[this.at++];
    if (byte === undefined) throw new Error("the module is torn");
    return byte;
  }

  leb(): number[] {
    const bytes = [];
    do bytes.push(this.byte());
    while (bytes.at(-1)! > 127);
    return bytes;
  }

  number(): number {
    return numberOf(this.leb());
  }

  take(length: number): Uint8Array {
    this.at += length;
    return this._bytes.subarray(this.at - length, this.at);
  }

  get done(): boolean {
    return this.at >= this._bytes.length;
  }
}

const sectionsOf = (module: Uint8Array): Section[] => {
  const reader = new Reader(module);
  reader.take(magic.length);
  const sections = [];
  while (!reader.done) sections.push({ kind: reader.byte(), content: reader.take(reader.number()) });
  return sections;
};

const importedOf = (content: Uint8Array | undefined): number => {
  if (!content) return 0;
  const reader = new Reader(content);
  let imported = 0;
  const limits = () => {
    for (let left = reader.number() & 1; left >= 0; left--) reader.leb();
  };
  for (let left = reader.number(); left--; ) {
    reader.take(reader.number());
    reader.take(reader.number());
    const kind = reader.byte();
    if (kind == 0) {
      imported++;
      reader.leb();
    } else if (kind == 3) reader.take(2);
    else {
      if (kind == 1) reader.byte();
      limits();
    }
  }
  return imported;
};

const piecesOf = (body: Uint8Array): Piece[] => {
  const reader = new Reader(body);
  const pieces: Piece[] = [];
  const piece = (stream: Stream | undefined, bytes: number[]) => {
    pieces.push({ stream, bytes });
    return numberOf(bytes);
  };
  goThrough(
    () => {
      const byte = reader.byte();
      pieces.push({ stream: Stream.Code, bytes: [byte] });
      return byte;
    },
    (stream) => piece(stream, reader.leb()),
    () => piece(undefined, reader.leb()),
  );
  if (reader.at != body.length) throw new Error("a body ends elsewhere than its length says");
  return pieces;
};

/** Reads a module. */
export const readModule = (bytes: Uint8Array): Module => {
  const sections = sectionsOf(bytes);
  const content = (kind: number) => sections.find((section) => section.kind == kind)?.content;
  const [types, code] = [content(3), content(10)];
  if (!types || !code) throw new Error("the module has no code");
  const [reader, bodies] = [new Reader(types), new Reader(code)];
  reader.leb();
  const funcs: Func[] = [];
  for (let left = bodies.number(); left--; ) {
    funcs.push({ type: reader.number(), pieces: piecesOf(bodies.take(bodies.number())) });
  }
  return { sections, imported: importedOf(content(2)), funcs };
};

/** Function numbers in exports, in the start and in the table, told anew. */
const renumbered = ({ kind, content }: Section, told: (number: number) => number): number[] => {
  const reader = new Reader(content);
  const out: number[] = [];
  const pass = (bytes: Iterable<number>) => void out.push(...bytes);
  const func = () => pass(leb(told(reader.number())));
  /** A constant expression: an instruction with its operand, and the end. */
  const expression = () => {
    for (let code = reader.byte(); ; code = reader.byte()) {
      pass([code]);
      if (code == 11) return;
      if (code == 210) func();
      else if ([35, 65, 66, 208].includes(code)) pass(reader.leb());
      else throw new Error(`an unknown constant, ${code}`);
    }
  };
  const each = (one: () => void) => {
    const count = reader.number();
    pass(leb(count));
    for (let left = count; left--; ) one();
  };
  if (kind == 7) {
    each(() => {
      const length = reader.number();
      pass([...leb(length), ...reader.take(length)]);
      const what = reader.byte();
      pass([what]);
      what == 0 ? func() : pass(reader.leb());
    });
  } else if (kind == 8) func();
  else {
    each(() => {
      const flags = reader.number();
      // Active, in the first table, of functions or of expressions.
      if (flags != 0 && flags != 4) throw new Error(`an unknown element, ${flags}`);
      pass([flags]);
      expression();
      each(flags ? expression : func);
    });
  }
  if (!reader.done) throw new Error("a section is longer than what stands in it");
  return out;
};

/** The same module with its functions in another order, by their places now. */
export const reorder = ({ sections, imported, funcs }: Module, order: number[]): Module => {
  const places = new Map(order.map((old, place) => [old + imported, place + imported]));
  const told = (number: number) => places.get(number) ?? number;
  const moved = order.map((old) => {
    const { type, pieces } = funcs[old]!;
    return {
      type,
      pieces: pieces.map(({ stream, bytes }) =>
        stream == Stream.Function ? { stream, bytes: leb(told(numberOf(bytes))) } : { stream, bytes }),
    };
  });
  return {
    imported,
    funcs: moved,
    sections: sections.map((section) => {
      const { kind, content } = section;
      if (kind == 3) return { kind, content: Uint8Array.from([...leb(moved.length), ...moved.flatMap(({ type }) => leb(type))]) };
      return kind >= 7 && kind <= 9 ? { kind, content: Uint8Array.from(renumbered(section, told)) } : { kind, content };
    }),
  };
};
