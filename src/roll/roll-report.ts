import type { RefusedRows } from "../decision/roll.ts";
import { limits } from "../shared/limits.ts";
import type { RowProblem } from "./row-problem.ts";

/** What became of the rows of an upload: exact counts, and the first problems by line. */
export class RollReport {
  rows = 0;
  refused = 0;
  readonly reasons = new Map<RowProblem, number>();
  readonly #problems: { line: number; code: RowProblem }[] = [];
  readonly #twinLines: number[] = [];

  get loaded(): number {
    return this.rows - this.refused;
  }

  /** In line order. Duplicates are told by the shards, later than what a row itself shows. */
  get problems(): readonly { line: number; code: RowProblem }[] {
    return this.#problems.toSorted((a, b) => a.line - b.line);
  }

  /** The first rows, as they were found, that name a voter of an earlier row. */
  get twinLines(): readonly number[] {
    return this.#twinLines;
  }

  /** What stays with the roll. */
  get refusedRows(): RefusedRows {
    const { problems, ...counts } = this.toldRows;
    return { ...counts, problems: problems.slice(0, limits.rollProblemsKeptMax) };
  }

  /** What whoever has sent the rows is told of those that were refused. */
  get toldRows(): RefusedRows {
    return {
      rows: this.refused,
      reasons: [...this.reasons].map(([code, rows]) => ({ code, rows })),
      problems: this.problems,
    };
  }

  /** How many rows name a voter of an earlier row. */
  get twins(): number {
    return this.reasons.get("voter_id.duplicate") ?? 0;
  }

  refuse(line: number, code: RowProblem): void {
    this.refused += 1;
    this.reasons.set(code, (this.reasons.get(code) ?? 0) + 1);
    if (this.#problems.length < limits.rollProblemsMax) this.#problems.push({ line, code });
    if (code === "voter_id.duplicate" && this.#twinLines.length < limits.rollProblemsMax)
      this.#twinLines.push(line);
  }
}
