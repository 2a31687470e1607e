import { callApi } from "../api/organiser-api.ts";
import { Refusal } from "../../api/read-api.ts";
import { limits } from "../../../shared/limits.ts";
import type { InvitedVoter } from "./voters-to-invite.ts";

const triesMax = 4;
const waitMs = 2_000;

/**
 * Tokens of a batch, in the voters' order, good until the decision ends theirs. Asked again where
 * the server says that it has done nothing yet.
 */
export async function issueBatch(
  decisionId: string,
  voters: readonly InvitedVoter[],
): Promise<string[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      const { tokens } = await callApi("POST /api/v1/decisions/{decisionId}/tokens", {
        path: { decisionId },
        body: { voters: [...voters], expires_in_seconds: limits.tokenLifetimeSecondsMax },
      });
      return tokens.map(({ token }) => token);
    } catch (error) {
      if (!isTooSoon(error) || tries === triesMax) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, tries * waitMs);
      });
    }
  }
}

function isTooSoon(error: unknown): boolean {
  return error instanceof Refusal && error.problem.status === 429;
}
