import { backupProblems } from "./backup.ts";
import { credentialProblems } from "./credential.ts";
import { decisionProblems } from "./decision.ts";
import { mapProblems } from "./map.ts";
import type { ProblemKind } from "./problem-table.ts";
import { recoveryProblems } from "./recovery.ts";
import { requestProblems } from "./request.ts";
import { metricsProblems } from "./metrics.ts";
import { resultProblems } from "./result.ts";
import { rollProblems } from "./roll.ts";
import { ruleProblems } from "./rule.ts";
import { searchProblems } from "./search.ts";
import { serviceProblems } from "./service.ts";
import { socketProblems } from "./socket.ts";
import { voteProblems } from "./vote.ts";

const tables = {
  ...requestProblems,
  ...credentialProblems,
  ...decisionProblems,
  ...resultProblems,
  ...voteProblems,
  ...ruleProblems,
  ...rollProblems,
  ...mapProblems,
  ...searchProblems,
  ...backupProblems,
  ...recoveryProblems,
  ...serviceProblems,
  ...metricsProblems,
  ...socketProblems,
};

export type ProblemCode = keyof typeof tables;

/** Every refusal of the API by its code. Codes are stable; titles and details may improve. */
export const problems: Readonly<Record<ProblemCode, ProblemKind>> = tables;
