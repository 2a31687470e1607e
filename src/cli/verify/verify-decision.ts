import { isSettled } from "../../decision/lifecycle.ts";
import type { Client } from "../../client/client.ts";
import type { AuditAnswer, DecisionAnswer, OutcomeAnswer } from "../api/answers.ts";
import { fetchDecision } from "../api/decisions.ts";
import type { PublicationSource } from "../../verification/publication-source.ts";
import { compareTallies } from "../count/compare-tallies.ts";
import { choices } from "../../ballot/ballot.ts";
import {
  addTally,
  newRegionCount,
  totalBallots,
  sumRegions,
  type TallyCount,
} from "../count/tally-count.ts";
import { checkAuditLog, auditLogOfDecision } from "./check-audit-log.ts";
import { ballotBounds } from "./check-bounds.ts";
import { checkWithdrawals } from "./check-withdrawals.ts";
import { limits } from "../../shared/limits.ts";
import type { LogRule } from "./check-log.ts";
import { checkRoll, findVotersInTwoShards, type ShardRollReport } from "./check-roll.ts";
import { checkOutcome } from "./check-outcome.ts";
import { checkResults } from "./check-results.ts";
import { wrongTally, type Difference } from "./difference.ts";
import { ReceiptCheck } from "./receipt-check.ts";
import type { ReceiptIndex } from "./receipt-index.ts";
import { readHashedManifest, type HashedManifest } from "./read-manifest.ts";
import { isMerged, readCaughtUpAudit, shardsCounted } from "./caught-up-audit.ts";
import type { UnlistedDifferences } from "./shard-differences.ts";
import { verifyPublication } from "./verify-publication.ts";
import { verifyShard, type ShardReport } from "./verify-shard.ts";
import type { WaitBudget } from "./wait-budget.ts";

export type VerifyWork = {
  client: Client;
  /** Where a decision's publication is read from. */
  sourceOf: (decision: string) => PublicationSource;
  receipts: ReceiptIndex;
  budget: WaitBudget;
  onBallots: (count: number) => void;
};

export type DecisionReport = {
  decision: string;
  status: string;
  shards: number;
  ballots: number;
  counted: number;
  receipts: number;
  /** Whether its voters were looked up on its roll. */
  hasRoll: boolean;
  isRehearsal: boolean;
  differences: Difference[];
  /** Differences of its shards beyond those in the list. */
  unlisted: UnlistedDifferences[];
};

/**
 * Recounts one decision from its shards' logs, or outside roll calls from what opens its
 * publication, and compares every copy of it: tallies, room, database, results, receipts.
 */
export async function verifyDecision(
  work: VerifyWork,
  given: DecisionAnswer,
): Promise<DecisionReport> {
  if (given.forgotten_at !== null) return verifyForgotten(work, given);
  const record = await readRecord(work, given);
  const { audit, decision, manifest, outcome } = record;
  const receipts = new ReceiptCheck(work.receipts.hashesOf(decision.id));
  const recounted = newRecount();
  const isRollCall = decision.disclosure === "roll_call";
  const isPublished = audit.status === "certified" && outcome !== null;
  if (isPublished) await recountPublication(work, { record, outcome, receipts, recounted });
  if (isRollCall) await recountShards(work, { record, receipts, recounted });
  const counted = totalBallots(sumRegions(recounted.tallies));
  // Neither the record nor a publication tells more of a decision that is not certified yet.
  const isRecounted = isRollCall || isPublished;
  const differences = [
    ...checkCaughtUp(audit),
    ...(manifest?.differences ?? []),
    ...recounted.differences,
    // Whose a ballot is the logs of a roll call tell alone.
    ...(isRollCall && outcome !== null
      ? checkWithdrawals({ decision: decision.id, outcome, voters: recounted.voters, counted })
      : []),
    ...(recounted.rolls.length > 0
      ? await checkRoll(work.client, decision.id, recounted.rolls)
      : []),
    ...(recounted.rolls.length > 0 ? await checkGroups(work.client, record) : []),
    ...(await checkAuditLog(auditLogOfDecision(work.client, decision.id))),
    ...(isRecounted ? receipts.end(decision.id) : []),
    ...(isRecounted ? await compareRecount(work, record, recounted.tallies) : []),
  ];
  return {
    decision: decision.id,
    status: audit.status,
    shards: audit.shards.length,
    ballots: recounted.ballots,
    counted,
    receipts: isRecounted ? receipts.checked : 0,
    hasRoll: recounted.rolls.length > 0,
    isRehearsal: decision.rehearsal,
    differences,
    unlisted: recounted.unlisted,
  };
}

/** What no shard can say by itself where voters are placed by region: that nobody stands in two. */
async function checkGroups(client: Client, record: DecisionRecord): Promise<Difference[]> {
  if (record.manifest?.document.placement === undefined) return [];
  const decision = record.decision.id;
  const found: Difference[] = [];
  const rules = record.audit.shards.map(({ shard }) => ruleOf(record, shard));
  await findVotersInTwoShards(client, rules, (fault) => {
    if (found.length < limits.verifyDifferencesListedMax)
      found.push({ kind: "wrong", decision, layer: "roll", ...fault });
  });
  return found;
}

/** What was counted anew of a decision, and found on the way. */
type Recount = {
  tallies: TallyCount;
  ballots: number;
  voters: number;
  rolls: ShardRollReport[];
  differences: Difference[];
  unlisted: UnlistedDifferences[];
};

function newRecount(): Recount {
  return { tallies: new Map(), ballots: 0, voters: 0, rolls: [], differences: [], unlisted: [] };
}

type RecountInput = { record: DecisionRecord; receipts: ReceiptCheck; recounted: Recount };

async function recountPublication(
  { client, sourceOf, onBallots }: VerifyWork,
  { record, outcome, receipts, recounted }: RecountInput & { outcome: OutcomeAnswer },
): Promise<void> {
  const { id, disclosure } = record.decision;
  const source = sourceOf(id);
  const report = await verifyPublication({ client, source, decision: id, outcome, receipts });
  recounted.differences.push(...report.differences);
  // The logs of a roll call are counted besides.
  if (disclosure === "roll_call") return;
  addTally(recounted.tallies, report.recount);
  recounted.ballots += report.ballots;
  onBallots(recounted.ballots);
}

async function recountShards(
  work: VerifyWork,
  { record, receipts, recounted }: RecountInput,
): Promise<void> {
  for (const shard of record.audit.shards) {
    const report = await verifyShardOf(work, record, shard, receipts);
    const { total, regions } = shard;
    const said = total === undefined || regions === undefined ? null : { total, regions };
    const wrong = said === null ? [] : compareTallies(report.recount, said);
    const decision = record.decision.id;
    const layer = { decision, layer: "shard tally", within: `shard ${shard.shard}` } as const;
    recounted.differences.push(
      ...report.differences,
      ...wrong.map((found) => wrongTally(layer, found)),
    );
    recounted.unlisted.push(...report.unlisted);
    addTally(recounted.tallies, report.recount);
    recounted.ballots += report.ballots;
    recounted.voters += report.voters;
    if (report.roll !== null) recounted.rolls.push(report.roll);
  }
}

/** Holds the recount against room, results and outcome. */
async function compareRecount(
  { client, budget }: VerifyWork,
  { audit, decision: { id }, manifest, outcome }: DecisionRecord,
  recount: TallyCount,
): Promise<Difference[]> {
  const of = { decision: id };
  const wrong = isMerged(audit) ? compareTallies(recount, audit.room) : [];
  const { shards } = audit;
  return [
    ...wrong.map((found) => wrongTally({ ...of, layer: "room" }, found)),
    ...(await checkResults({ client, ...of, recount, budget })),
    ...(manifest === null || outcome === null
      ? []
      : checkOutcome({ ...of, answer: outcome, manifest, recount, shards })),
  ];
}

/**
 * Checks what stays of a decision whose ballots are forgotten: its manifest is the one that was
 * frozen, its shards' tallies are what its outcome was made of and what its results say, no audit
 * entry is missing, and nothing of its ballots is left in the database.
 */
async function verifyForgotten(
  { client, budget }: VerifyWork,
  given: DecisionAnswer,
): Promise<DecisionReport> {
  const { id, rehearsal: isRehearsal } = given;
  const of = { decision: id };
  const path = { decisionId: id };
  const audit = await client.call("GET /api/v1/decisions/{decisionId}/audit", { path });
  const manifest = await readHashedManifest(client, given);
  const answer = await client.call("GET /api/v1/decisions/{decisionId}/outcome", { path });
  const recount: TallyCount = new Map();
  // Shards of anything but a roll call do not say; then the room is held against the rest.
  const said = audit.shards.flatMap(({ regions }) => (regions === undefined ? [] : [regions]));
  for (const regions of said.length === audit.shards.length ? said : [audit.room.regions])
    addTally(recount, tallyCountOf(regions));
  const { shards } = audit;
  const differences = [
    ...manifest.differences,
    ...compareTallies(recount, audit.room).map((found) =>
      wrongTally({ ...of, layer: "room" }, found),
    ),
    ...(await checkResults({ client, ...of, recount, budget })),
    ...checkOutcome({ ...of, answer, manifest, recount, shards }),
    ...(await checkAuditLog(auditLogOfDecision(client, id))),
    ...leftInDatabase(audit),
  ];
  const counts = { shards: shards.length, ballots: 0, receipts: 0, hasRoll: false, isRehearsal };
  const counted = totalBallots(sumRegions(recount));
  return { ...of, status: "forgotten", ...counts, counted, differences, unlisted: [] };
}

/** What a shard says that it has counted: of what is forgotten nobody can count again. */
function tallyCountOf(regions: AuditAnswer["room"]["regions"]): TallyCount {
  return new Map(
    regions.map(({ region, ...tally }) => {
      const count = newRegionCount();
      for (const choice of choices) {
        const { ballots, weight } = tally[choice];
        count[choice] = { ballots, weight: BigInt(weight) };
      }
      return [region, count];
    }),
  );
}

function* leftInDatabase(audit: AuditAnswer): Generator<Difference> {
  for (const { shard, ballots } of audit.database.shards) {
    const [expected, actual] = ["nothing of what is forgotten", `${ballots} ballots`];
    const [decision, where] = [audit.decision_id, `shard ${shard}`];
    yield { kind: "wrong", decision, layer: "database", where, expected, actual };
  }
}

/** One moment of a decision, and what was frozen of it. */
type DecisionRecord = {
  audit: AuditAnswer;
  decision: DecisionAnswer;
  /** Null before it was opened, when it has no shards either. */
  manifest: (HashedManifest & { differences: Difference[] }) | null;
  /** Null until it is closed. */
  outcome: OutcomeAnswer | null;
};

async function readRecord(
  { client, budget }: VerifyWork,
  given: DecisionAnswer,
): Promise<DecisionRecord> {
  const { id } = given;
  const audit = await readCaughtUpAudit(client, id, budget);
  // Read again where it may have changed: a room keeps an opening and a longer window before any
  // shard accepts a vote by them.
  const decision = isSettled(given.status) ? given : await fetchDecision(client, id);
  const isOpened = decision.manifest_hash !== null || audit.shards.length > 0;
  const manifest = isOpened ? await readHashedManifest(client, decision) : null;
  const outcome = isSettled(audit.status)
    ? await client.call("GET /api/v1/decisions/{decisionId}/outcome", { path: { decisionId: id } })
    : null;
  return { audit, decision, manifest, outcome };
}

/** What the frozen map asks of a shard's voters. */
function ruleOf(
  { decision, manifest }: Pick<DecisionRecord, "decision" | "manifest">,
  shard: number,
): LogRule {
  const { shardMap, placement = [] } = manifest?.document ?? { shardMap: [] };
  return { decision: decision.id, shard, shardMap, placement };
}

function verifyShardOf(
  work: VerifyWork,
  { audit, decision, manifest, outcome }: DecisionRecord,
  shard: AuditAnswer["shards"][number],
  receipts: ReceiptCheck,
): Promise<ShardReport> {
  const row = audit.database.shards.find((candidate) => candidate.shard === shard.shard);
  const seal = outcome?.seals.find((candidate) => candidate.shard === shard.shard);
  return verifyShard({
    client: work.client,
    decision,
    rule: ruleOf({ decision, manifest }, shard.shard),
    seq: shard.seq,
    isSealed: shard.sealed,
    bounds: manifest === null ? null : ballotBounds(manifest.document, decision),
    sealedAt: seal === undefined ? null : Date.parse(seal.sealed_at),
    appliedSeq: audit.database.archived.length > 0 ? null : (row?.applied_seq ?? 0),
    receipts,
    onBallots: work.onBallots,
  });
}

/**
 * A copy that had not caught up when waiting ended is a difference of its own kind: how far behind,
 * not what is wrong.
 */
function* checkCaughtUp(audit: AuditAnswer): Generator<Difference> {
  const decision = audit.decision_id;
  if (!isMerged(audit)) {
    const counted = shardsCounted(audit) ?? 0;
    yield {
      kind: isSettled(audit.status) ? "wrong" : "behind",
      decision,
      layer: "room",
      where: "whole, all, ballots",
      expected: `${counted} as the shards say`,
      actual: String(audit.room.total.ballots),
    };
  }
  if (audit.database.dead_letters > 0) {
    const [where, actual] = ["dead letters", String(audit.database.dead_letters)];
    yield { kind: "wrong", decision, layer: "database", where, expected: "0", actual };
  }
  for (const { region, quarter } of audit.database.archived) {
    const where = region === "" ? quarter : `region ${region}, ${quarter}`;
    const [expected, actual] = [
      "its ballots in the table",
      "archived: their partition is detached",
    ];
    yield { kind: "wrong", decision, layer: "database", where, expected, actual };
  }
  // What is archived is named above; its shards are not behind.
  if (audit.database.archived.length > 0) return;
  for (const { shard, seq } of audit.shards) {
    const row = audit.database.shards.find((candidate) => candidate.shard === shard);
    const applied = row?.applied_seq ?? 0;
    if (applied >= seq) continue;
    yield {
      kind: "behind",
      decision,
      layer: "database",
      where: `shard ${shard}`,
      expected: `applied up to seq ${seq}`,
      actual: `up to seq ${applied}, ${seq - applied} ballots behind`,
    };
  }
}
