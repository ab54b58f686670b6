// Unpacks the WASM. It travels with the instructions in one stream and each kind of operand in a stream of its own,
// since like is best compressed beside like: an eighth less to download. `loader/pack/` takes them apart.

/** What lies apart. */
export const enum Stream {
  /** The sections before the code. */
  Before,
  /** The instructions, and operands of the rarer kinds. */
  Code,
  Label,
  Function,
  Constant,
  Offset,
  Local,
  /** The sections after the code. */
  After,
}

/** So many bytes are the same in each packed file: those of a module with one section, which is called `streams`. What
 *  follows are the length of the module and those of the streams but the last, of four bytes each. */
export const headBytes = 20;

/** What follows an instruction: the stream of its one operand, or else. */
const enum More {
  Memory = 7,
  Block,
  End,
  Table,
  Two,
  Four,
  Eight,
  Rest,
}
/** By instruction; what is beyond has no operands but for three. */
const more: number[] = [..."00888000000922a03b0000000000b00066611110777777777777777777777771144cd"].map((digit) => parseInt(digit, 14));
more[208] = Stream.Code;
more[210] = Stream.Function;
more[252] = More.Rest;

/** Goes through the body of one function: `code` moves a byte of `Stream.Code` from where it is to where it goes,
 *  `number` a LEB128 of any stream, `align` a hint of alignment; each tells what it moved. Taking apart and putting
 *  together go the same way. */
export const goThrough = (code: () => number, number: (stream: Stream) => number, align: () => void): void => {
  // Groups of variables.
  for (let left = 2 * number(Stream.Code); left--; ) number(Stream.Code);
  for (let depth = 1; depth; ) {
    const next = more[code()]!;
    if (!next) continue;
    if (next < More.Memory) number(next);
    else if (next == More.Memory) {
      align();
      number(Stream.Offset);
    } else if (next == More.Block) {
      depth++;
      number(Stream.Code);
    } else if (next == More.End) depth--;
    else if (next == More.Table) for (let left = number(Stream.Label); left-- >= 0; ) number(Stream.Label);
    else if (next == More.Four || next == More.Eight) for (let left = next == More.Four ? 4 : 8; left--; ) code();
    // Two, or what concerns memory and tables as a whole; conversions have none.
    else for (let left = next == More.Two ? 2 : +"000000002121212111"[number(Stream.Code)]!; left--; ) number(Stream.Code);
  }
};

/** The module that was packed. Lengths in its code are three bytes long. */
export const unpack = (packed: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const [size, ...lengths] = new Uint32Array(packed.buffer, headBytes, Stream.After + 1);
  const out = new Uint8Array(size!);
  let to = 0;
  let at = headBytes + 4 * (Stream.After + 1);
  const places = [...lengths, 0].map((length) => (at += length) - length);
  const code = () => (out[to++] = packed[places[Stream.Code]!++]!);
  const number = (stream: Stream): number => {
    let whole = 0;
    let shift = 0;
    let byte;
    do {
      byte = out[to++] = packed[places[stream]!++]!;
      whole |= (byte & 127) << shift;
      shift += 7;
    } while (byte > 127);
    return whole;
  };
  const copy = (from: number, length: number) => {
    out.set(packed.subarray(from, from + length), to);
    to += length;
  };
  const sized = (fill: () => void) => {
    const start = (to += 3);
    fill();
    const length = to - start;
    out[start - 3] = length | 128;
    out[start - 2] = (length >> 7) | 128;
    out[start - 1] = length >> 14;
  };
  copy(places[Stream.Before]!, lengths[Stream.Before]!);
  out[to++] = 10;
  sized(() => {
    for (let left = number(Stream.Code); left--; ) sized(() => goThrough(code, number, () => to++));
  });
  copy(places[Stream.After]!, packed.length);
  return out;
};
