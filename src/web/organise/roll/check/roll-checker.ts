import { fewestAlike, type RollCell } from "../../../../decision/roll.ts";
import type { RowRules } from "../../../../roll/check-row.ts";
import { checkFields } from "../../../../roll/csv-rows.ts";
import type { RollRow, RowProblem } from "../../../../roll/row-problem.ts";
import { IdDoubts, type IdDoubt } from "./id-doubts.ts";
import type { ReadFields, RollRegion } from "./read-fields.ts";
import type { SourceRow } from "../file/source-row.ts";
import { printOf, VoterPrints } from "./voter-prints.ts";

/** How many voters, and what they weigh together. */
export interface VoterSum {
  voters: number;
  /** A decimal string: it can pass 2^53. */
  weight: string;
}

export type RegionSum = VoterSum & { region: string };

/** How many voters have a weight. */
export interface WeightSum {
  weight: number;
  voters: number;
}

/** The voters of a file by region and weight. */
export interface RollSums extends VoterSum {
  regions: RegionSum[];
  /** Those that most voters have, and how many there are in all. */
  weights: WeightSum[];
  weightCount: number;
  /** See `Roll.fewestAlike`. */
  fewestAlike: readonly { region: string; voters: number }[] | null;
}

/** A bad row, as the page shows it. */
export interface ShownProblem {
  line: number;
  code: RowProblem;
  voterId: string;
}

/** What a file says of regions that the decision does not have. */
export interface UnknownRegion {
  text: string;
  rows: number;
}

export interface CheckedRows {
  /** Rows that say something, without the heading. */
  rows: number;
  refused: number;
  reasons: { code: RowProblem; rows: number }[];
  /** The first of them, by line. */
  problems: ShownProblem[];
  unknownRegions: UnknownRegion[];
  doubts: IdDoubt[];
}

const weightsShown = 12;
/** Bad rows that the page lists; all of them are in the file to download. */
const problemsShown = 200;
const unknownRegionsMax = 100;
/** Regions and weights that are summed: more have voters who share theirs with nobody. */
const cellsMax = 100_000;

export interface RowChecks {
  rules: RowRules;
  readFields: ReadFields;
  regions: readonly RollRegion[];
}

/** Checks a file's rows by the rules of the import itself, in bounded memory. */
export class RollChecker {
  readonly #check: RowChecks;
  readonly #prints = new VoterPrints();
  readonly #doubts = new IdDoubts();
  readonly #reasons = new Map<RowProblem, number>();
  readonly #problems: ShownProblem[] = [];
  readonly #unknown = new Map<string, number>();
  readonly sums = new CellSums();
  #rows = 0;
  #refused = 0;

  constructor(check: RowChecks) {
    this.#check = check;
  }

  add(row: SourceRow): void {
    const checked = checkSourceRow(row, this.#check);
    if (checked === null) return;
    this.#rows += 1;
    if (typeof checked.found === "string") this.#refuse(row.line, checked.found, checked.fields);
    else {
      this.#prints.add(printOf(checked.found.voterId));
      this.sums.add(checked.found);
    }
    if (checked.fields !== null) this.#doubts.add(checked.fields.voterId, row.line);
  }

  /** The prints of voters that more than one row names. */
  repeatedPrints(): Float64Array {
    return this.#prints.repeated();
  }

  get found(): CheckedRows {
    return {
      rows: this.#rows,
      refused: this.#refused,
      reasons: [...this.#reasons].map(([code, rows]) => ({ code, rows })),
      problems: this.#problems,
      unknownRegions: [...this.#unknown].map(([text, rows]) => ({ text, rows })),
      doubts: this.#doubts.found,
    };
  }

  #refuse(line: number, code: RowProblem, fields: WrittenFields | null): void {
    this.#refused += 1;
    this.#reasons.set(code, (this.#reasons.get(code) ?? 0) + 1);
    if (this.#problems.length < problemsShown)
      this.#problems.push({ line, code, voterId: fields?.voterId ?? "" });
    if (code !== "region.unknown" || fields === null) return;
    const text = fields.region.trim();
    if (this.#unknown.has(text) || this.#unknown.size < unknownRegionsMax)
      this.#unknown.set(text, (this.#unknown.get(text) ?? 0) + 1);
  }
}

type WrittenFields = Exclude<ReturnType<ReadFields>, string | null>;

/** A row with what it says, and what the import makes of that; null says nothing. */
export function checkSourceRow(
  row: SourceRow,
  { rules, readFields }: Pick<RowChecks, "rules" | "readFields">,
): { fields: WrittenFields | null; found: RollRow | RowProblem } | null {
  const fields = readFields(row);
  if (fields === null) return null;
  if (typeof fields === "string") return { fields: null, found: fields };
  return { fields, found: checkFields(fields, rules) };
}

/** Counts voters by region and weight. */
export class CellSums {
  readonly #cells = new Map<string, RollCell>();
  readonly #regions = new Map<string, { voters: number; weight: bigint }>();
  #isFull = false;

  add({ region, weight }: Pick<RollRow, "region" | "weight">, voters = 1): void {
    const sum = this.#regions.get(region) ?? { voters: 0, weight: 0n };
    sum.voters += voters;
    sum.weight += BigInt(weight) * BigInt(voters);
    this.#regions.set(region, sum);
    const key = `${weight} ${region}`;
    const cell = this.#cells.get(key);
    if (cell !== undefined) cell.voters += voters;
    else if (this.#cells.size < cellsMax) this.#cells.set(key, { region, weight, voters });
    else this.#isFull = true;
  }

  /** The sums once these voters are counted too, or, with -1, not any more. */
  with(changes: readonly { row: Pick<RollRow, "region" | "weight">; voters: 1 | -1 }[]): CellSums {
    const changed = new CellSums();
    changed.#isFull = this.#isFull;
    for (const [key, cell] of this.#cells) changed.#cells.set(key, { ...cell });
    for (const [region, sum] of this.#regions) changed.#regions.set(region, { ...sum });
    for (const { row, voters } of changes) changed.add(row, voters);
    return changed;
  }

  /** With regions in this order, those that have nobody too. */
  toSums(codes: readonly string[]): RollSums {
    const all = [...this.#regions.values()];
    const regions = (codes.length === 0 ? [""] : codes).map((region) => {
      const { voters, weight } = this.#regions.get(region) ?? { voters: 0, weight: 0n };
      return { region, voters, weight: String(weight) };
    });
    const cells = [...this.#cells.values()].filter(({ voters }) => voters > 0);
    const weights = weightsOf(cells);
    return {
      voters: all.reduce((sum, { voters }) => sum + voters, 0),
      weight: String(all.reduce((sum, { weight }) => sum + weight, 0n)),
      regions,
      weights: weights.slice(0, weightsShown),
      weightCount: weights.length,
      fewestAlike: this.#isFull ? null : fewestAlike([cells]),
    };
  }
}

/** Most voters first. */
function weightsOf(cells: readonly RollCell[]): WeightSum[] {
  const sums = new Map<number, number>();
  for (const { weight, voters } of cells) sums.set(weight, voters + (sums.get(weight) ?? 0));
  return [...sums]
    .map(([weight, voters]) => ({ weight, voters }))
    .toSorted((a, b) => b.voters - a.voters || a.weight - b.weight);
}
