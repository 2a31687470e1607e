import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Ballot } from "../../ballot/ballot.ts";
import { sumRegionTallies, type Tally } from "../../ballot/tally.ts";
import type { Manifest } from "../../decision/decision.ts";
import type { DisclosedManifest } from "../../decision/visibility.ts";
import { viewRegions, viewTally } from "../../results/view-tally.ts";
import * as contract from "../contract/audit.ts";
import { decodeTextCursor, encodeCursor } from "../requests/cursor.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { guarded } from "../middleware/credentials.ts";
import { Problem } from "../problem.ts";
import { viewBallot } from "../responses/view-ballot.ts";
import { refuseArchived } from "../responses/refuse-archived.ts";
import {
  knownReader,
  requireDecision,
  requireDisclosed,
  requireRemembered,
  type FindReader,
} from "./require-decision.ts";

/** For auditors: record, room and database side by side, and the rebuild of the database. */
export function auditRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.auditDecisionsRoute), async (c) => {
    const { after, per_page } = c.req.valid("query");
    const ids = await deps.decisions.listIds(decodeTextCursor(after) ?? "", per_page + 1);
    const items = ids.slice(0, per_page);
    const next = ids.length > per_page ? encodeCursor(items.at(-1) ?? null) : null;
    return c.json({ items, next }, 200);
  });

  app.openapi(guarded(deps, contract.auditDecisionRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    const { id, status, manifest } = await requireDisclosed(deps, decisionId, knownReader(c));
    const result = await deps.decisions.disclosedResult(id);
    if (result === null) throw new Problem("shard.unavailable");
    const [shards, projected] = await Promise.all([
      auditShards(deps, manifest),
      deps.database.readProjected(id, []),
    ]);
    const room = {
      version: result.version,
      total: viewTally(result.total),
      regions: viewRegions(result.regions),
    };
    const stored = projected.shards.map(({ shard, appliedSeq, ballots }) => ({
      shard,
      applied_seq: appliedSeq,
      ballots,
    }));
    const { openDeadLetters: dead_letters, archived } = projected;
    const database = { shards: stored, archived, dead_letters };
    return c.json({ decision_id: decisionId, status, room, shards, database }, 200);
  });

  auditShardRoutes(app, deps);

  app.openapi(guarded(deps, contract.rebuildDecisionRoute), async (c) => {
    const { decisionId } = c.req.valid("param");
    await requireDecision(deps, decisionId, knownReader(c));
    await deps.decisions.rebuild(decisionId, c.get("actor"));
    return c.body(null, 202);
  });
}

/** A shard's ballots and roll in pages, as the record and the database hold them. */
function auditShardRoutes(app: OpenAPIHono, deps: HttpDependencies): void {
  app.openapi(guarded(deps, contract.auditShardBallotsRoute), async (c) => {
    const { shard } = c.req.valid("param");
    const { after_seq, limit } = c.req.valid("query");
    const manifest = await requireOpenShard(deps, c.req.valid("param"), knownReader(c));
    const ballots = await deps.ballots.readBallots({
      manifest,
      shard,
      afterSeq: after_seq,
      max: limit,
    });
    const hashed = ballots.map((ballot) => ({ ...viewBallot(ballot), ballot_hash: ballot.hash }));
    return c.json({ ballots: hashed, next: nextSeq(ballots, limit) }, 200);
  });

  app.openapi(guarded(deps, contract.auditShardRollRoute), async (c) => {
    const { shard } = c.req.valid("param");
    const { after, limit } = c.req.valid("query");
    const manifest = await requireShard(deps, c.req.valid("param"), knownReader(c));
    if (manifest.roll === null) throw new Problem("roll.open_electorate");
    const voters = await deps.rolls.readAfter({
      plan: manifest,
      shard,
      number: manifest.roll.import,
      afterPid: after,
      max: limit,
    });
    const next = voters.length === limit ? (voters.at(-1)?.pid ?? null) : null;
    return c.json({ voters, next }, 200);
  });

  app.openapi(guarded(deps, contract.auditDatabaseBallotsRoute), async (c) => {
    const { shard } = c.req.valid("param");
    const { after_seq, limit } = c.req.valid("query");
    const { decisionId: id } = await requireOpenShard(deps, c.req.valid("param"), knownReader(c));
    const query = { decisionId: id, after: { shard, seq: after_seq }, perPage: limit };
    const { items } = await refuseArchived(deps.database.listBallots(query));
    const ballots = items.filter((ballot) => ballot.shard === shard);
    return c.json({ ballots: ballots.map(viewBallot), next: nextSeq(ballots, limit) }, 200);
  });
}

type ShardParams = { decisionId: string; shard: number };

async function requireShard(
  deps: HttpDependencies,
  { decisionId, shard }: ShardParams,
  findReader: FindReader,
): Promise<Manifest> {
  const { manifest } = await requireRemembered(deps, decisionId, findReader);
  if (manifest?.shardMap[shard] === undefined) throw new Problem("shard.not_found");
  return manifest;
}

/**
 * The same of a roll call whose counts may be read: elsewhere nobody reads a pid beside a choice.
 * @throws {Problem} results.sealed, votes.not_roll_call
 */
async function requireOpenShard(
  deps: HttpDependencies,
  { decisionId, shard }: ShardParams,
  findReader: FindReader,
): Promise<DisclosedManifest> {
  await requireShard(deps, { decisionId, shard }, findReader);
  const { manifest } = await requireDisclosed(deps, decisionId, findReader);
  if (manifest?.shardMap[shard] === undefined) throw new Problem("shard.not_found");
  if (manifest.disclosure !== "roll_call") throw new Problem("votes.not_roll_call");
  return manifest;
}

async function auditShards(deps: HttpDependencies, manifest: DisclosedManifest | null) {
  if (manifest === null) return [];
  return Promise.all(
    manifest.shardMap.map(async (_, shard) => {
      const [{ seq, tally, isSealed }, progress] = await Promise.all([
        deps.ballots.snapshot(manifest, shard),
        deps.ballots.outboxProgress(manifest, shard),
      ]);
      const { publishedSeq: published_seq, confirmedSeq: confirmed_seq } = progress;
      return {
        shard,
        seq,
        published_seq,
        confirmed_seq,
        drain_failure: progress.failure,
        sealed: isSealed,
        // Few voters have a shard: elsewhere its tally would say how they voted.
        ...(manifest.disclosure === "roll_call" && viewShardTally(tally)),
      };
    }),
  );
}

function viewShardTally(tally: Tally) {
  const total = viewTally(sumRegionTallies(tally.values()));
  return { total, regions: viewRegions(tally) };
}

function nextSeq(ballots: readonly Ballot[], limit: number): number | null {
  return ballots.length === limit ? (ballots.at(-1)?.seq ?? null) : null;
}
