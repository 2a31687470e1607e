import type { OutcomeAnswer } from "../api/answers.ts";
import type { Difference } from "./difference.ts";

/** What was recounted from the logs, and what the outcome says of it. */
export interface WithdrawalCheck {
  decision: string;
  outcome: Pick<OutcomeAnswer, "publication">;
  /** All who have a ballot in the logs, and those with a counted one. */
  voters: number;
  counted: number;
}

/** Holds the outcome's standing withdrawals against the logs: who has voted and is not counted. */
export function checkWithdrawals(check: WithdrawalCheck): Difference[] {
  const { decision, outcome, voters, counted } = check;
  const [expected, said] = [voters - counted, outcome.publication?.standing_withdrawals];
  if (said === undefined || said === expected) return [];
  const where = "standing withdrawals";
  const figures = { expected: String(expected), actual: String(said) };
  return [{ kind: "wrong", decision, layer: "publication", where, ...figures }];
}
