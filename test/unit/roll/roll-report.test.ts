import { describe, expect, it } from "vitest";
import { RollReport } from "../../../src/roll/roll-report.ts";
import { limits } from "../../../src/shared/limits.ts";

describe("the report of a roll", () => {
  it("counts rows by why they are refused, and lists them by line", () => {
    const report = new RollReport();
    expect(report.problems).toEqual([]);
    expect(report.twins).toBe(0);
    report.rows = 5;
    report.refuse(4, "weight.invalid");
    report.refuse(3, "voter_id.duplicate");
    report.refuse(2, "voter_id.duplicate");
    expect(report.loaded).toBe(2);
    expect(report.twins).toBe(2);
    expect(report.twinLines).toEqual([3, 2]);
    expect(report.toldRows).toEqual({
      rows: 3,
      reasons: [
        { code: "weight.invalid", rows: 1 },
        { code: "voter_id.duplicate", rows: 2 },
      ],
      problems: [
        { line: 2, code: "voter_id.duplicate" },
        { line: 3, code: "voter_id.duplicate" },
        { line: 4, code: "weight.invalid" },
      ],
    });
  });

  it("counts all that are refused, and keeps as many lines as its bounds say", () => {
    const report = new RollReport();
    const refused = limits.rollProblemsMax + 2;
    for (let line = 2; line < 2 + refused; line += 1) report.refuse(line, "voter_id.duplicate");
    expect(report.refused).toBe(refused);
    expect(report.twins).toBe(refused);
    expect(report.problems).toHaveLength(limits.rollProblemsMax);
    expect(report.twinLines).toHaveLength(limits.rollProblemsMax);
    const { rows, reasons, problems } = report.refusedRows;
    expect(rows).toBe(refused);
    expect(reasons).toEqual([{ code: "voter_id.duplicate", rows: refused }]);
    expect(problems).toEqual(report.problems.slice(0, limits.rollProblemsKeptMax));
    expect(problems.length).toBeLessThan(report.problems.length);
  });
});
