import { ballotLimits } from "./limits/ballots.ts";
import { clientLimits } from "./limits/client.ts";
import { decisionLimits } from "./limits/decisions.ts";
import { gatewayLimits } from "./limits/gateway.ts";
import { healthLimits } from "./limits/health.ts";
import { operationsLimits } from "./limits/operations.ts";
import { platformLimits } from "./limits/platform.ts";
import { publicationLimits } from "./limits/publication.ts";
import { rateLimits } from "./limits/rates.ts";
import { resultLimits } from "./limits/results.ts";
import { rollLimits } from "./limits/roll.ts";
import { ruleLimits } from "./limits/rules.ts";
import { searchLimits } from "./limits/search.ts";
import { signInLimits } from "./limits/sign-in.ts";
import { telemetryLimits } from "./limits/telemetry.ts";
import { voteLogLimits } from "./limits/vote-log.ts";

/**
 * Every bound of the platform in one place, each with the arithmetic that chose it.
 * Units stand last in a name; `Max` alone counts things.
 */
export const limits = {
  ...ballotLimits,
  ...clientLimits,
  ...decisionLimits,
  ...gatewayLimits,
  ...healthLimits,
  ...operationsLimits,
  ...platformLimits,
  ...publicationLimits,
  ...rateLimits,
  ...resultLimits,
  ...rollLimits,
  ...ruleLimits,
  ...searchLimits,
  ...signInLimits,
  ...telemetryLimits,
  ...voteLogLimits,
} as const;
