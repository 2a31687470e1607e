import type { Disclosure } from "../decision/decision.ts";
import type { ListName } from "./finding.ts";
import { RegionTable } from "./region-table.ts";

/** The members that rows of a list have: hashes alone, what opens them, or names besides. */
export type RowForm = "hash" | "opened" | "named";

/** How the rows of a list are written under a disclosure. */
export function rowFormOf(list: ListName, disclosure: Disclosure): RowForm {
  if (list === "others" || disclosure === "aggregate") return "hash";
  return disclosure === "roll_call" ? "named" : "opened";
}

const utf8 = new TextEncoder();
const member = (name: string) => utf8.encode(name);
const words = {
  hash: member('{"ballot_hash":"'),
  choice: member('","choice":"'),
  choices: ["yes", "no", "abstain"].map(member),
  k: member('","k":"'),
  c: member('","c":"'),
  region: member('","region":'),
  weight: member(',"weight":'),
  u: member(',"u":"'),
  hidden: member('null,"weight":null,"u":null'),
  name: member(',"name":'),
  statement: member(',"statement":'),
  acceptedAt: member(',"accepted_at":"'),
  null: member("null"),
  end: member('"}'),
  quote: member('"'),
};
const [quote, backslash, brace, space, tilde] = [0x22, 0x5c, 0x7d, 0x20, 0x7e];
const dateCharacters = 24;

/** What follows a backslash in JSON; `u` has four digits after it. */
const escapes = new Uint8Array(256);
for (const escape of utf8.encode('"\\/bfnrtu')) escapes[escape] = 1;
const unicodeEscape = 0x75;
const utf8Text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The values of hexadecimal digits by their bytes; 255 for what is none. */
const digitValues = new Uint8Array(256).fill(255);
for (const [value, digit] of [...utf8.encode("0123456789abcdef")].entries())
  digitValues[digit] = value;

/**
 * Reads rows of a publication byte by byte, in the one form in which they are published
 * (docs/verify.md, "Rows"): no object is made of a row. What was read stands in its members until
 * the next row.
 */
export class PublishedRowReader {
  readonly regions = new RegionTable();
  readonly hash = new Uint8Array(32);
  readonly k = new Uint8Array(32);
  readonly c = new Uint8Array(32);
  readonly u = new Uint8Array(32);
  /** Its place in yes, no, abstain. */
  choice = 0;
  isCellShown = false;
  /** The region's number in `regions`. */
  region = 0;
  weight = 0;
  /** Where name, statement and time stand in the bytes that were read. */
  noteStart = 0;
  noteEnd = 0;

  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;

  /** Whether the bytes from `start` to `end` are a row of this form. */
  read(bytes: Uint8Array, start: number, end: number, form: RowForm): boolean {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    if (!this.#word(words.hash) || !this.#digits(this.hash)) return false;
    if (form === "hash") return this.#word(words.end) && this.#at === end;
    if (!this.#word(words.choice) || !this.#choice()) return false;
    if (!this.#word(words.k) || !this.#digits(this.k)) return false;
    if (!this.#word(words.c) || !this.#digits(this.c)) return false;
    if (!this.#word(words.region) || !this.#cell(form)) return false;
    if (form === "named" && !this.#note()) return false;
    return bytes[this.#at] === brace && this.#at + 1 === end;
  }

  #word(word: Uint8Array): boolean {
    const { length } = word;
    if (this.#at + length > this.#end) return false;
    for (let index = 0; index < length; index += 1) {
      if (this.#bytes[this.#at + index] !== word[index]) return false;
    }
    this.#at += length;
    return true;
  }

  /** 64 digits, lower-case. */
  #digits(into: Uint8Array): boolean {
    if (this.#at + 64 > this.#end) return false;
    for (let index = 0; index < 32; index += 1) {
      const at = this.#at + 2 * index;
      const high = digitValues[this.#bytes[at] as number] as number;
      const low = digitValues[this.#bytes[at + 1] as number] as number;
      if ((high | low) > 15) return false;
      into[index] = (high << 4) | low;
    }
    this.#at += 64;
    return true;
  }

  #choice(): boolean {
    this.choice = words.choices.findIndex((word) => this.#word(word));
    return this.choice >= 0;
  }

  /** Region, weight and u, which are there or hidden together. */
  #cell(form: RowForm): boolean {
    this.isCellShown = !this.#word(words.hidden);
    if (!this.isCellShown) return form === "opened";
    const start = this.#at;
    if (!this.#text()) return false;
    this.region = this.regions.find(this.#bytes, start, this.#at);
    if (this.region < 0 || !this.#word(words.weight) || !this.#weight()) return false;
    if (!this.#word(words.u) || !this.#digits(this.u) || this.#bytes[this.#at] !== quote)
      return false;
    this.#at += 1;
    return true;
  }

  #weight(): boolean {
    const start = this.#at;
    let weight = 0;
    for (; this.#at < this.#end; this.#at += 1) {
      const digit = (this.#bytes[this.#at] as number) - 48;
      if (digit < 0 || digit > 9) break;
      weight = weight * 10 + digit;
    }
    this.weight = weight;
    // No leading zero, so that there is one spelling.
    const isSpelled = this.#at > start && this.#bytes[start] !== 48;
    return isSpelled && Number.isSafeInteger(weight);
  }

  /** A text of JSON with its quotes: its escapes are some of JSON, its bytes UTF-8. */
  #text(): boolean {
    const start = this.#at;
    if (this.#bytes[start] !== quote) return false;
    let isAscii = true;
    for (let at = start + 1; at < this.#end; at += 1) {
      const byte = this.#bytes[at] as number;
      if (byte === backslash) {
        at += this.#escape(at + 1);
      } else if (byte < space) return false;
      else if (byte > tilde) isAscii = false;
      else if (byte === quote) {
        this.#at = at + 1;
        return isAscii || isUtf8(this.#bytes, start, this.#at);
      }
    }
    return false;
  }

  /** How many bytes an escape has after its backslash; more than there are where it is none. */
  #escape(at: number): number {
    const byte = this.#bytes[at] as number;
    if (escapes[byte] !== 1) return this.#end;
    if (byte !== unicodeEscape) return 1;
    for (let digit = at + 1; digit <= at + 4; digit += 1) {
      // Digits are written in either case here; below "0" the bit would make some of what is none.
      const value = this.#bytes[digit] as number;
      if (value < 0x30 || digitValues[value | 0x20] === 255) return this.#end;
    }
    return 5;
  }

  /** Printable ASCII without quote and backslash, and the quote behind. */
  #date(): boolean {
    const end = this.#at + dateCharacters;
    if (end >= this.#end) return false;
    for (; this.#at < end; this.#at += 1) {
      const byte = this.#bytes[this.#at] as number;
      if (byte < space || byte > tilde || byte === quote || byte === backslash) return false;
    }
    return this.#word(words.quote);
  }

  #note(): boolean {
    this.noteStart = this.#at + 1;
    if (!this.#word(words.name) || !(this.#word(words.null) || this.#text())) return false;
    if (!this.#word(words.statement) || !(this.#word(words.null) || this.#text())) return false;
    if (!this.#word(words.acceptedAt) || !this.#date()) return false;
    this.noteEnd = this.#at;
    return true;
  }
}

function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  try {
    utf8Text.decode(bytes.subarray(start, end));
    return true;
  } catch {
    return false;
  }
}
