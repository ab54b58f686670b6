// In which order functions travel: each beside the one that it is most like, since what is repeated costs less the
// nearer it is.
import { Stream } from "../src/unpack";
import type { Func } from "./module";

/** How many instructions in a row are compared. */
const rowLength = 5;
/** What the same type counts for, where everything being the same counts 1. */
const sameType = 0.05;

/** The rows of instructions of a function, each once. */
const rowsOf = ({ pieces }: Func): Set<string> => {
  const codes = pieces.filter(({ stream }) => stream == Stream.Code).map(({ bytes }) => bytes.join());
  const rows = new Set<string>();
  for (let at = 0; at == 0 || at + rowLength <= codes.length; at++) rows.add(codes.slice(at, at + rowLength).join(" "));
  return rows;
};

/** The places of the functions in their new order. It begins with the smallest. */
export const orderByLikeness = (funcs: readonly Func[]): number[] => {
  const rows = funcs.map(rowsOf);
  const holders = new Map<string, number[]>();
  rows.forEach((own, place) => {
    for (const row of own) holders.set(row, [...(holders.get(row) ?? []), place]);
  });
  const left = new Set(funcs.keys());
  const smallest = () => [...left].reduce((least, place) => (funcs[place]!.pieces.length < funcs[least]!.pieces.length ? place : least));
  const order: number[] = [];
  while (left.size) {
    const last = order.at(-1);
    let next: number | undefined;
    let most = 0;
    if (last !== undefined) {
      const shared = new Map<number, number>();
      for (const row of rows[last]!) {
        for (const place of holders.get(row)!) if (left.has(place)) shared.set(place, (shared.get(place) ?? 0) + 1);
      }
      for (const [place, count] of shared) {
        const like = count / (rows[place]!.size + rows[last]!.size - count) + (funcs[place]!.type == funcs[last]!.type ? sameType : 0);
        if (like > most) [next, most] = [place, like];
      }
    }
    next ??= smallest();
    order.push(next);
    left.delete(next);
  }
  return order;
};
