import { limits } from "../../shared/limits.ts";

/** A word as it is compared, and where it stands in its text. */
export interface PlacedWord {
  word: string;
  start: number;
  end: number;
}

/** Letters and digits with their marks, and what can't be seen within a word, as a soft hyphen. */
const pieces = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|(?!\u200B)\p{Default_Ignorable_Code_Point})*/gu;
/** Of scripts that are written without blanks, with the signs of length and voice among kana. */
export const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30FC\uFF70\uFF9E\uFF9F]/u;

/** How many characters a word has, as databases count them. */
export function charactersOf(word: string): number {
  return Array.from(word).length;
}

/** Two letters of a script without blanks: they are sought as they are, never as others like them. */
export function isPair(word: string): boolean {
  return unspaced.test(word) && charactersOf(word) > 1;
}

/**
 * The words of a text, without their case, accents and width. Where a script has no blanks, each
 * letter with the one after it is a word, and the last by itself.
 */
export function wordsOf(text: string): PlacedWord[] {
  return [...eachWord(text)];
}

/** The same, one after the other, for whoever may need the first ones alone. */
export function* eachWord(text: string): Generator<PlacedWord> {
  for (const { 0: piece, index } of text.matchAll(pieces))
    yield* unspaced.test(piece) ? lettersOf(piece, index) : plainWords(piece, index);
}

/** The words of texts, with blanks between, at most `searchWordsCharactersMax` characters of them. */
export function joinWords(texts: readonly string[]): string {
  const joined = texts.flatMap((text) => wordsOf(text).map(({ word }) => word)).join(" ");
  return joined.slice(0, limits.searchWordsCharactersMax).toWellFormed();
}

/** A piece is one word, or several where it is short for them, as `㎧`. */
function plainWords(piece: string, start: number): PlacedWord[] {
  const end = start + piece.length;
  return folded(piece).map((word) => ({ word, start, end }));
}

/** Runs of one kind within a piece that has letters of unspaced scripts. */
function lettersOf(piece: string, start: number): PlacedWord[] {
  const placed: PlacedWord[] = [];
  let at = start;
  for (const run of runsOf(piece)) {
    placed.push(...(unspaced.test(run) ? pairsOf(run, at) : plainWords(run, at)));
    at += run.length;
  }
  return placed;
}

function runsOf(piece: string): string[] {
  const runs: string[] = [];
  let wasUnspaced: boolean | null = null;
  for (const letter of piece) {
    const isMark = /\p{M}|\p{Default_Ignorable_Code_Point}/u.test(letter);
    const isUnspaced: boolean =
      isMark && wasUnspaced !== null ? wasUnspaced : unspaced.test(letter);
    if (isUnspaced === wasUnspaced) runs.push(`${runs.pop() ?? ""}${letter}`);
    else runs.push(letter);
    wasUnspaced = isUnspaced;
  }
  return runs;
}

/** Chinese and Japanese signs that are their own plain form, as most are. */
const plainSign = /^[\u3041-\u3096\u30A1-\u30FA\u4E00-\u9FFF]$/;

function pairsOf(run: string, start: number): PlacedWord[] {
  const letters: PlacedWord[] = [];
  let at = start;
  for (const letter of run.match(/\P{M}[\p{M}\uFF9E\uFF9F]*/gu) ?? []) {
    const end = at + letter.length;
    const words = plainSign.test(letter) ? [letter] : folded(letter);
    letters.push(...words.map((word) => ({ word, start: at, end })));
    at = end;
  }
  return letters.map(({ word, start: from, end }, index) => {
    const next = letters[index + 1];
    return next === undefined
      ? { word, start: from, end }
      : { word: word + next.word, start: from, end: next.end };
  });
}

/** Marks above and below letters; those of kana and of Indian scripts make other letters. */
const marks = /(?![\u3099\u309A])[\p{Script=Inherited}\u0591-\u05C7]/gu;
/** Letters that no decomposition makes plain. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ı", "i"],
  ["ς", "σ"],
  ["ى", "ي"],
  ["ة", "ه"],
  ["ـ", ""],
]);
const unlikePlain = new RegExp(`[${[...plainLetters.keys()].join("")}]`, "gu");

const plainPiece = /^[A-Za-z0-9]+$/;

/** A piece without case, accents and width: mostly one word. */
function folded(piece: string): string[] {
  if (plainPiece.test(piece)) return [piece.toLowerCase().slice(0, limits.searchWordCharactersMax)];
  const plain = piece
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFD")
    .replace(marks, "")
    .normalize("NFC")
    .replace(unlikePlain, (letter) => plainLetters.get(letter) ?? letter)
    .replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
  const words = plain.replace(/\p{Default_Ignorable_Code_Point}/gu, "").match(pieces) ?? [];
  return words.map((word) => word.slice(0, limits.searchWordCharactersMax).toWellFormed());
}
