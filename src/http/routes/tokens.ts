import type { OpenAPIHono } from "@hono/zod-openapi";
import type { z } from "zod";
import type { Actor } from "../../audit-log/audit-entry.ts";
import { pseudonym } from "../../auth/pseudonym.ts";
import type { DecisionDraft } from "../../decision/decision.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import * as contract from "../contract/voting.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import type { TokenChange, TokenReply } from "../../ports/tokens.ts";
import { guarded } from "../middleware/credentials.ts";
import { jsonBody } from "../middleware/json-body.ts";
import { Problem } from "../problem.ts";
import { expiryOf } from "../requests/token-expiry.ts";
import { mapVoters } from "../requests/voter-ids.ts";
import { problems, type ProblemCode } from "../problems/problems.ts";
import { knownReader, requireRemembered } from "./require-decision.ts";

/** The ballot tokens of voters: issued, which ends those of before, and revoked. */
export function tokenRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  const body = jsonBody(limits.batchBytesMax);

  app.openapi(guarded(deps, contract.issueTokensRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { voters, expires_in_seconds } = c.req.valid("json");
    const decision = await requireRemembered(deps, decisionId, knownReader(c));
    const { draft } = decision;
    if (draft.electorate === "open") checkVoters(voters, draft);
    if (draft.disclosure !== "roll_call" && voters.some(({ name }) => name !== undefined)) {
      throw new Problem("vote.statement_not_published");
    }
    const { pids, generation } = await pidsOf(deps, draft, {
      voterIds: voters.map(({ voter_id }) => voter_id),
      pointerTo: (index) => `/voters/${index}/voter_id`,
    });
    const expiresAt = expiryOf(decision, deps.now(), expires_in_seconds);
    const change = { act: "issue", generation, pids, expiresAt } as const;
    const { serials, regions } = await changeTokens(deps, decisionId, change, c.get("actor"));
    const tokens = voters.map(async ({ voter_id, region = "", weight = 1, name = null }, index) => {
      const [pid, serial] = [pids[index], serials[index]];
      invariant(pid !== undefined && serial !== undefined, "every voter has a token");
      // What the roll says points to the voter's shard; whatever is claimed decides nothing.
      const hint = regions[index] ?? region;
      const voter = { decisionId, pid, generation, serial, region: hint };
      const grant = { ...voter, weight, name, loggedInAt: null };
      return { voter_id, token: await deps.tokens.sign(grant, expiresAt) };
    });
    return c.json({ tokens: await Promise.all(tokens) }, 200);
  });

  app.openapi(guarded(deps, contract.revokeTokensRoute, body), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { voter_ids } = c.req.valid("json");
    const { draft } = await requireRemembered(deps, decisionId, knownReader(c));
    const { pids, generation } = await pidsOf(deps, draft, {
      voterIds: voter_ids,
      pointerTo: (index) => `/voter_ids/${index}`,
    });
    await changeTokens(deps, decisionId, { act: "revoke", generation, pids }, c.get("actor"));
    return c.json({ revoked: voter_ids.length }, 200);
  });
}

/** Voters of a request, and where their voter_ids stand in its body. */
interface NamedVoters {
  voterIds: readonly string[];
  pointerTo: (index: number) => string;
}

/**
 * The pids of voters, and the generation of the key that made them.
 * @throws {Problem} voter.invalid_id
 */
async function pidsOf(
  deps: HttpDependencies,
  draft: DecisionDraft,
  { voterIds, pointerTo }: NamedVoters,
): Promise<{ pids: string[]; generation: number }> {
  const key = await deps.decisions.voterKey(draft.id);
  invariant(key !== null, "a decision that exists has its key");
  const pids = mapVoters({
    items: voterIds,
    form: voterIdFormOf(draft),
    voterIdOf: (voterId) => voterId,
    pointerTo,
    map: (voterId) => pseudonym(key.decisionKey, voterId),
  });
  return { pids, generation: key.generation };
}

type DoneTokens = Extract<TokenReply, { kind: "done" }>;

/** The newest serials, and the roll's regions. @throws {Problem} token.too_early, decision.forgotten, shard.unavailable */
async function changeTokens(
  deps: HttpDependencies,
  decisionId: string,
  change: TokenChange,
  actor: Actor,
): Promise<DoneTokens> {
  const reply = await deps.decisions.changeTokens(decisionId, change, actor);
  if (reply.kind === "done") return reply;
  throw new Problem(refusals[reply.kind]);
}

const refusals = {
  forgotten: "decision.forgotten",
  not_found: "decision.not_found",
  too_early: "token.too_early",
  unavailable: "shard.unavailable",
} as const satisfies Record<Exclude<TokenReply["kind"], "done">, ProblemCode>;

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
