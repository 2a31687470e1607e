import { describe, expect, it } from "vitest";
import { readMutationReport } from "../../../../scripts/mutation/mutation-report.ts";

function reportOf(mutants: { status: string; testsCompleted?: number }[]): string {
  const whole = mutants.map((mutant) => ({
    mutatorName: "BooleanLiteral",
    replacement: "false",
    location: { start: { line: 7, column: 1 }, end: { line: 7, column: 5 } },
    ...mutant,
  }));
  return JSON.stringify({ files: { "src/ballot/tally.ts": { mutants: whole } } });
}

describe("a mutation report", () => {
  it("has as its score the share of noticed mutants, of which those without a test are none", () => {
    const score = readMutationReport(
      reportOf([
        { status: "Killed", testsCompleted: 3 },
        { status: "Timeout" },
        { status: "Survived", testsCompleted: 3 },
        { status: "NoCoverage" },
        { status: "CompileError" },
        { status: "Ignored" },
      ]),
    );
    expect(score).toMatchObject({ mutants: 4, detected: 2, percent: 50, neverTested: 0 });
    expect(score.files).toEqual(["src/ballot/tally.ts: 2 of 4"]);
    expect(score.unnoticed).toEqual([
      "src/ballot/tally.ts:7 Survived BooleanLiteral: false",
      "src/ballot/tally.ts:7 NoCoverage BooleanLiteral: false",
    ]);
  });

  it.each(["Killed", "Survived"])("tells of a mutant that is %s though no test ran", (status) => {
    expect(readMutationReport(reportOf([{ status, testsCompleted: 0 }])).neverTested).toBe(1);
    expect(readMutationReport(reportOf([{ status }])).neverTested).toBe(1);
    expect(readMutationReport(reportOf([{ status, testsCompleted: 1 }])).neverTested).toBe(0);
  });

  it("of nothing has no score", () => {
    expect(readMutationReport(reportOf([])).percent).toBe(0);
  });
});
