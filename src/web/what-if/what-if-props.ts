import type { ApiDecision, ApiOutcome } from "../contract.ts";

/** What is tried on other counts. */
export type WhatIfProps = {
  decision: ApiDecision;
  /** Undefined while counts are hidden. */
  outcome: ApiOutcome | undefined;
};
