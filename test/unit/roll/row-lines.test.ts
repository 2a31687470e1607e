import { describe, expect, it } from "vitest";
import { RowLines } from "../../../src/roll/row-lines.ts";
import { limits } from "../../../src/shared/limits.ts";

/** A pid whose end counts voters, since those are the characters that are kept. */
function pidOf(voter: number): string {
  return `${"A".repeat(14)}${voter.toString(36).padStart(7, "0")}A`;
}

describe("the lines of a roll's rows", () => {
  it("say where the voter of a row was named first, however many rows are between", () => {
    const lines = new RowLines();
    const rows = 2 * limits.rollLinesChunkRows + 5;
    for (let row = 0; row < rows; row += 1) lines.add(pidOf(row), row + 2);
    lines.add(pidOf(0), rows + 10);
    lines.add(pidOf(limits.rollLinesChunkRows), rows + 12);
    lines.add(pidOf(0), rows + 13);
    expect(lines.twinsOf([rows + 13, rows + 10, rows + 12])).toEqual([
      { line: rows + 10, firstLine: 2 },
      { line: rows + 12, firstLine: limits.rollLinesChunkRows + 2 },
      { line: rows + 13, firstLine: 2 },
    ]);
  });

  it("name no twin where no row is asked for", () => {
    const lines = new RowLines();
    lines.add(pidOf(1), 2);
    expect(lines.twinsOf([])).toEqual([]);
  });

  it("tell pids apart by any of their last characters", () => {
    const lines = new RowLines();
    const pids = Array.from({ length: 8 }, (_, at) => {
      const print = `${"B".repeat(at)}C${"B".repeat(7 - at)}`;
      return `${"A".repeat(13)}${print}A`;
    });
    for (const [at, pid] of [...pids, ...pids].entries()) lines.add(pid, at + 1);
    const again = pids.map((_, at) => at + 9);
    expect(lines.twinsOf(again)).toEqual(again.map((line) => ({ line, firstLine: line - 8 })));
  });
});
