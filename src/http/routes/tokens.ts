import type { OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";
import { pseudonym } from "../../auth/pseudonym.ts";
import type { DecisionDraft } from "../../decision/decision.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { mapVoters } from "../requests/voter-ids.ts";
import { problems } from "../problems/problems.ts";
import { knownReader, requireRemembered } from "./require-decision.ts";

/** The ballot tokens of voters. */
export function tokenRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(
    guarded(deps, contract.issueTokensRoute, jsonBody(limits.batchBytesMax)),
    async (c) => {
      const { decisionId } = c.req.valid("param");
      const { voters, expires_in_seconds } = c.req.valid("json");
      const { draft } = await requireRemembered(deps, decisionId, knownReader(c));
      if (draft.electorate === "open") checkVoters(voters, draft);
      // What is refused is refused before it is recorded that tokens were issued.
      const granted = mapVoters({
        items: voters,
        form: voterIdFormOf(draft),
        voterIdOf: (voter) => voter.voter_id,
        pointerTo: (index) => `/voters/${index}/voter_id`,
        map: (voterId, voter) => ({ voterId, voter }),
      });
      const expiresAt = deps.now() + expires_in_seconds * 1_000;
      const issue = { voters: voters.length, expiresAt };
      if (draft.disclosure !== "roll_call" && voters.some(({ name }) => name !== undefined)) {
        throw new Problem("vote.statement_not_published");
      }
      const key = await deps.decisions.issueTokens(decisionId, issue, c.get("actor"));
      invariant(key !== null, "a decision that exists has its key");
      if (key === "too_early") throw new Problem("token.too_early");
      const { decisionKey, generation } = key;
      const tokens = granted.map(
        async ({ voterId, voter: { voter_id, region = "", weight = 1, name = null } }) => {
          const pid = pseudonym(decisionKey, voterId);
          const grant = { decisionId, pid, generation, region, weight, name, loggedInAt: null };
          return { voter_id, token: await deps.tokens.sign(grant, expiresAt) };
        },
      );
      return c.json({ tokens: await Promise.all(tokens) }, 200);
    },
  );
}

type Voter = z.infer<typeof contract.tokensSchema>["voters"][number];

/** Refuses a token that no shard would accept here, where the organiser can still correct it. */
function checkVoters(
  voters: readonly Voter[],
  draft: Pick<DecisionDraft, "regions" | "weightMax">,
): void {
  const regions = new Set(draft.regions.map((region) => region.code));
  for (const [index, { region = "", weight = 1 }] of voters.entries()) {
    const isRegionKnown = regions.size === 0 ? region === "" : regions.has(region);
    if (isRegionKnown && weight <= draft.weightMax) continue;
    const code = isRegionKnown ? "vote.weight_too_large" : "vote.unknown_region";
    const { detail } = problems[code];
    throw new Problem(code, { errors: [{ pointer: `/voters/${index}`, detail }] });
  }
}
