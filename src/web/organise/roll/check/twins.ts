import type { RowFields } from "../../../../roll/csv-rows.ts";
import type { RollRow } from "../../../../roll/row-problem.ts";
import type { FileRows } from "../file/source-row.ts";
import { checkSourceRow, type CellSums, type RowChecks } from "./roll-checker.ts";
import { hasPrint, printOf } from "./voter-prints.ts";

/** A row that names a voter whom another row names too. */
export interface TwinRow extends RowFields {
  line: number;
}

/** Rows that name one voter, in whatever spelling. */
export interface TwinGroup {
  rows: TwinRow[];
}

/** Groups that are shown side by side to be decided one by one. */
export const twinGroupsShown = 200;
/** Of one voter's rows. */
const rowsShown = 20;

type Counted = Pick<RollRow, "region" | "weight">;

/** One voter's rows: the first of them counts unless somebody decides otherwise. */
interface KnownGroup {
  firstLine: number;
  shown: { row: TwinRow; counted: Counted }[];
}

/** All rows of a file that name a voter of an earlier row. */
export class Twins {
  readonly #groups: KnownGroup[];
  readonly #later: Uint32Array;
  /** Without the later rows of each voter. */
  readonly #sums: CellSums;
  readonly groupCount: number;

  constructor(
    found: { groups: KnownGroup[]; groupCount: number; later: Uint32Array },
    sums: CellSums,
  ) {
    this.#groups = found.groups;
    this.groupCount = found.groupCount;
    this.#later = found.later;
    this.#sums = sums;
  }

  /** Rows that are left out: all but one of each voter. */
  get rowCount(): number {
    return this.#later.length;
  }

  /** The first groups, as they are shown. */
  get shown(): TwinGroup[] {
    return this.#groups.map(({ shown }) => ({ rows: shown.map(({ row }) => row) }));
  }

  /** @param kept lines of rows that count in place of the first row of their voter */
  sumsWith(kept: readonly number[]): CellSums {
    return this.#sums.with(
      this.#choices(kept).flatMap(({ first, chosen }) => [
        { row: first.counted, voters: -1 as const },
        { row: chosen.counted, voters: 1 as const },
      ]),
    );
  }

  /** The lines that are not sent. */
  leftOut(kept: readonly number[]): ReadonlySet<number> {
    const lines = new Set(this.#later);
    for (const { first, chosen } of this.#choices(kept)) {
      lines.delete(chosen.row.line);
      lines.add(first.row.line);
    }
    return lines;
  }

  #choices(kept: readonly number[]) {
    return this.#groups.flatMap(({ shown: [first, ...others] }) => {
      const chosen = others.find(({ row }) => kept.includes(row.line));
      return first === undefined || chosen === undefined ? [] : [{ first, chosen }];
    });
  }
}

/**
 * Reads a file again for the rows of voters who are named more than once. Their texts are compared:
 * two texts may have one print.
 * @param sums of all good rows, from which the later rows of a voter are taken
 */
export async function findTwins(
  source: FileRows,
  { repeated, check, sums }: { repeated: Float64Array; check: RowChecks; sums: CellSums },
  onProgress: (share: number) => void = () => {},
): Promise<Twins> {
  const search = new TwinSearch(sums);
  if (repeated.length === 0) return search.end();
  for await (const { rows, share } of source.batches()) {
    for (const row of rows) {
      const checked = checkSourceRow(row, check);
      if (checked === null || checked.fields === null || typeof checked.found === "string")
        continue;
      if (!hasPrint(repeated, printOf(checked.found.voterId))) continue;
      search.add(checked.found, { ...checked.fields, line: row.line });
    }
    onProgress(share);
  }
  return search.end();
}

class TwinSearch {
  readonly #first = new Map<string, { row: TwinRow; counted: Counted; group: KnownGroup | null }>();
  readonly #groups: KnownGroup[] = [];
  readonly #later: number[] = [];
  readonly #sums: CellSums;
  readonly #taken: { row: Counted; voters: -1 }[] = [];
  #groupCount = 0;
  readonly #withLater = new Set<string>();

  constructor(sums: CellSums) {
    this.#sums = sums;
  }

  add({ voterId, region, weight }: RollRow, row: TwinRow): void {
    const counted = { region, weight };
    const first = this.#first.get(voterId);
    if (first === undefined) {
      this.#first.set(voterId, { row, counted, group: null });
      return;
    }
    this.#later.push(row.line);
    this.#taken.push({ row: counted, voters: -1 });
    if (!this.#withLater.has(voterId)) {
      this.#withLater.add(voterId);
      this.#groupCount += 1;
      if (this.#groups.length < twinGroupsShown) {
        const shown = [{ row: first.row, counted: first.counted }];
        first.group = { firstLine: first.row.line, shown };
        this.#groups.push(first.group);
      }
    }
    const group = first.group;
    if (group !== null && group.shown.length < rowsShown) group.shown.push({ row, counted });
  }

  end(): Twins {
    const later = Uint32Array.from(this.#later);
    return new Twins(
      { groups: this.#groups, groupCount: this.#groupCount, later },
      this.#sums.with(this.#taken),
    );
  }
}
