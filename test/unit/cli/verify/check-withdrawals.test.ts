import { describe, expect, it } from "vitest";
import { checkWithdrawals } from "../../../../src/cli/verify/check-withdrawals.ts";

const list = { size: 8, root: "", pages: 1 };
const outcomeWith = (standing_withdrawals: number) => ({
  publication: {
    counted: list,
    others: list,
    rows_root: null,
    standing_withdrawals,
    shown_cells: null,
  },
});

describe("the standing withdrawals of an outcome", () => {
  const logs = { decision: "d", voters: 10, counted: 8 };

  it("are those who have voted and are not counted", () => {
    expect(checkWithdrawals({ ...logs, outcome: outcomeWith(2) })).toEqual([]);
  });

  it.each([1, 3])("are not %i where the logs have two", (said) => {
    const found = checkWithdrawals({ ...logs, outcome: outcomeWith(said) });
    expect(found).toMatchObject([
      { layer: "publication", where: "standing withdrawals", expected: "2", actual: String(said) },
    ]);
  });

  it("are not asked of what is not certified", () => {
    expect(checkWithdrawals({ ...logs, outcome: {} })).toEqual([]);
  });
});
