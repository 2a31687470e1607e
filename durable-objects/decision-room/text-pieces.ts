import { invariant } from "../../src/shared/invariant.ts";
import { limits } from "../../src/shared/limits.ts";

/** A text to be kept under this name, where one in so many pieces may be kept already. */
interface PiecedText {
  name: string;
  text: string;
  piecesBefore: number;
}

/**
 * Keeps a text of any length in pieces that fit a value each; says how many. To be called in the
 * transaction that keeps this number.
 */
export function putPieces(kv: SyncKvStorage, { name, text, piecesBefore }: PiecedText): number {
  const size = limits.storedPieceCharacters;
  const pieces = Math.ceil(text.length / size);
  for (let piece = 0; piece < pieces; piece += 1) {
    kv.put(`${name}/${piece}`, text.slice(piece * size, (piece + 1) * size));
  }
  for (let piece = pieces; piece < piecesBefore; piece += 1) kv.delete(`${name}/${piece}`);
  return pieces;
}

/** The text that `putPieces` has kept in so many pieces. */
export function readPieces(kv: SyncKvStorage, name: string, pieces: number): string {
  const texts = Array.from({ length: pieces }, (_, piece) => {
    const text = kv.get<string>(`${name}/${piece}`);
    invariant(text !== undefined, "what was kept in pieces is there");
    return text;
  });
  return texts.join("");
}
