import { limits } from "../shared/limits.ts";

/** Everything that a verification can find wrong (docs/verify.md says what each means). */
export const findingCodes = [
  "outcome.malformed",
  "outcome.other_decision",
  "outcome.unsigned",
  "outcome.signature",
  "outcome.contradicts",
  "keys.malformed",
  "key.unknown",
  "key.other",
  "manifest.malformed",
  "manifest.hash",
  "row.malformed",
  "list.order",
  "list.duplicate",
  "list.overlap",
  "list.size",
  "list.root",
  "list.rows_root",
  "ballot.hash",
  "ballot.cell",
  "ballot.region",
  "cells.count",
  "tally.total",
  "tally.region",
  "tally.sum",
  "rule.malformed",
  "rule.requirement",
  "rule.outcome",
  "rule.sentence",
  "rule.forecast",
] as const;
export type FindingCode = (typeof findingCodes)[number];

export type ListName = "counted" | "others";

/** Where something was found, as far as it has a place. */
export interface FindingPlace {
  list?: ListName;
  /** From 1 on, as the rows of the export are numbered. */
  row?: number;
  /** Of the ballot, in hexadecimal digits. */
  hash?: string;
  region?: string;
  /** The member of the outcome or manifest. */
  member?: string;
}

/** One thing that is not as it must be. */
export interface VerificationFinding extends FindingPlace {
  code: FindingCode;
  expected: string;
  actual: string;
}

/** What was found: the first of each code, and how many there are. */
export class FindingList {
  readonly listed: VerificationFinding[] = [];
  readonly counts: Partial<Record<FindingCode, number>> = {};
  readonly #codesOf = { counted: new Set<FindingCode>(), others: new Set<FindingCode>() };

  add(code: FindingCode, expected: string, actual: string, place: FindingPlace = {}): void {
    const count = (this.counts[code] ?? 0) + 1;
    this.counts[code] = count;
    if (place.list !== undefined) this.#codesOf[place.list].add(code);
    if (count > limits.verifiedFindingsListedMax) return;
    this.listed.push({ code, expected: shortened(expected), actual: shortened(actual), ...place });
  }

  /** Adds a finding where two figures differ. */
  compare(code: FindingCode, expected: string, actual: string, place: FindingPlace = {}): void {
    if (expected !== actual) this.add(code, expected, actual, place);
  }

  has(...codes: readonly FindingCode[]): boolean {
    return codes.some((code) => this.counts[code] !== undefined);
  }

  /** Whether one of these codes was found in a list. */
  hasIn(list: ListName, codes: readonly FindingCode[]): boolean {
    return codes.some((code) => this.#codesOf[list].has(code));
  }

  get isEmpty(): boolean {
    return this.listed.length === 0;
  }
}

const charactersMax = 300;

/** An outcome's member can be as long as the outcome. */
function shortened(text: string): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
}
