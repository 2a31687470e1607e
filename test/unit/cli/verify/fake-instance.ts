import { createHash } from "node:crypto";
import { choices } from "../../../../src/ballot/ballot.ts";
import { recount } from "../../../../src/ballot/recount.ts";
import { emptyRegionTally, sumRegionTallies } from "../../../../src/ballot/tally.ts";
import { defaultRule } from "../../../support/default-rule.ts";
import type { Manifest } from "../../../../src/decision/decision.ts";
import { canonicalJson } from "../../../../src/shared/canonical-json.ts";
import { evaluateResult } from "../../../../src/results/decision-outcome.ts";
import { rollText, shardRollHead, shardRollLine } from "../../../../src/decision/roll.ts";
import { shardOf } from "../../../../src/decision/shard-map.ts";
import type { Client } from "../../../../src/client/client.ts";
import { emptyAuditLogHead } from "../../../../src/audit-log/audit-entry.ts";
import { sha256Hex } from "../../../../src/auth/digest.ts";
import type {
  AuditLogPageAnswer,
  AuditAnswer,
  DecisionAnswer,
  LoggedBallotAnswer,
  CountedResults,
  RollAnswer,
  RollVoterAnswer,
} from "../../../../src/cli/api/answers.ts";
import { clientOf } from "./client-of.ts";
import { reportTally } from "./report-tally.ts";

const shards = 2;
/** Ballots come a millisecond apart from the opening on; the shards are sealed as the window ends. */
export const opensAt = 1_700_000_000_000;
export const closesAt = opensAt + 3_600_000;
const regions = ["Asia", "Europe"];

const iso = (at: number) => new Date(at).toISOString();
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** One closed decision as an instance answers for it, all copies in agreement; a test then spoils one of them. */
export type FakeInstance = {
  decision: DecisionAnswer;
  audit: AuditAnswer;
  results: CountedResults;
  logs: LoggedBallotAnswer[][];
  rows: LoggedBallotAnswer[][];
  /** The roll by shard and as the manifest shows it; looked at where the decision has one. */
  voters: RollVoterAnswer[][];
  roll: NonNullable<RollAnswer["roll"]>;
  entries: AuditLogPageAnswer;
  manifest: Record<string, unknown>;
  outcome: Record<string, unknown>;
  client: Client;
};

/** `isPlaced`: the second shard is that of a group of its own, of Europe. */
export function fakeInstance(count: number, isPlaced = false): FakeInstance {
  const logs = castBallots(count, isPlaced);
  const whole = reportTally(logs.flat());
  const audit: AuditAnswer = {
    decision_id: "d",
    status: "closed",
    room: { version: 1, ...structuredClone(whole) },
    shards: logs.map((log, shard) => ({
      shard,
      seq: log.length,
      sealed: true,
      published_seq: log.length,
      confirmed_seq: log.length,
      drain_failure: null,
      ...reportTally(log),
    })),
    database: {
      shards: logs.map((log, shard) => ({ shard, applied_seq: log.length, ballots: log.length })),
      archived: [],
      dead_letters: 0,
    },
  };
  const head = { decision_id: "d", status: "closed", version: 1, final: true } as const;
  const voters = rollOf(logs, isPlaced);
  const manifest = { ...frozenManifest(), ...(isPlaced ? placed : {}) };
  const instance = {
    voters,
    roll: frozenRoll(voters),
    decision: {
      id: "d",
      title: "",
      status: "closed",
      electorate: "open",
      rehearsal: false,
      revote_policy: "final",
      visibility: "live",
      disclosure: "roll_call",
      extension: null,
      shards,
      forgotten_at: null,
      manifest_hash: sha256(canonicalJson(manifest)),
    } as DecisionAnswer,
    audit,
    results: { ...head, ...structuredClone(whole), shows: "counts" } as CountedResults,
    logs,
    rows: structuredClone(logs),
    entries: { entries: [], head: emptyAuditLogHead("decision d", sha256Hex), next: null },
    manifest,
    outcome: outcomeOf(manifest, logs),
  };
  return { ...instance, client: fakeClient(instance) };
}

const placed = {
  shardMap: [
    { locationHint: null, group: 0 },
    { locationHint: "weur", group: 1 },
  ],
  placement: [{ regions: ["Europe"], locationHint: "weur", shards: 1 }],
};

function frozenManifest(): FakeInstance["manifest"] {
  return {
    version: 1,
    decisionId: "d",
    regions: regions.map((code) => ({ code, name: code })),
    roll: null,
    electorateSize: null,
    revotePolicy: "final",
    opensAt,
    closesAt,
    extensionMinutes: null,
    weightMax: 1,
    shardMap: Array.from({ length: shards }, () => ({ locationHint: null })),
    rule: defaultRule(),
  };
}

function outcomeOf(
  frozen: FakeInstance["manifest"],
  logs: LoggedBallotAnswer[][],
): FakeInstance["outcome"] {
  const tally = recount(
    logs.flat().map((ballot) => ({ ...ballot, acceptedAt: Date.parse(ballot.accepted_at) })),
  );
  // As much of a manifest as the evaluation looks at.
  const manifest = { ...frozen, rule: canonicalJson(frozen["rule"]) } as unknown as Manifest;
  const counted = new Map(
    regions.map((region) => [region, tally.get(region) ?? emptyRegionTally()] as const),
  );
  return {
    final: true,
    manifest_hash: sha256(canonicalJson(frozen)),
    seals: logs.map((log, shard) => ({ shard, seq: log.length, sealed_at: iso(closesAt) })),
    ...evaluateResult(
      manifest,
      { total: sumRegionTallies(counted.values()), regions: counted, isFinal: true },
      null,
    ),
  };
}

function castBallots(voters: number, isPlaced: boolean): LoggedBallotAnswer[][] {
  const logs: LoggedBallotAnswer[][] = Array.from({ length: shards }, () => []);
  for (let voter = 0; voter < voters; voter += 1) {
    const pid = createHash("sha256").update(String(voter)).digest("base64url");
    const shard = isPlaced ? voter % 2 : shardOf(pid, shards);
    const log = logs[shard] ?? [];
    const ballot = {
      seq: log.length + 1,
      pid,
      choice: choices[voter % 3] ?? "yes",
      region: regions[voter % 2] ?? "",
      weight: 1,
    };
    const accepted_at = iso(opensAt + voter);
    log.push({ ...ballot, accepted_at, ballot_hash: hashOf(shard, ballot.seq) });
  }
  return logs;
}

/** A roll with the voters of the logs and, in each shard, one more who did not vote. */
function rollOf(logs: LoggedBallotAnswer[][], isPlaced: boolean): RollVoterAnswer[][] {
  return logs.map((log, shard) => {
    const home = isPlaced && shard === 1 ? "Europe" : "Asia";
    const absent = { pid: (shard === 0 ? "A" : "_").repeat(43), region: home, weight: 7 };
    const present = log.map(({ pid, region, weight }) => ({ pid, region, weight }));
    return [absent, ...present].toSorted((a, b) => (a.pid < b.pid ? -1 : 1));
  });
}

export function frozenRoll(voters: RollVoterAnswer[][]): FakeInstance["roll"] {
  const hashes = voters.map((part, shard) =>
    sha256(shardRollHead("d", shard) + part.map((one) => shardRollLine(one.pid, one)).join("")),
  );
  const all = voters.flat();
  const figures = (some: RollVoterAnswer[]) => ({
    voters: some.length,
    weight: String(some.reduce((sum, { weight }) => sum + weight, 0)),
  });
  return {
    import: 1,
    hash: sha256(rollText("d", hashes)),
    fewest_alike: [],
    refused: { rows: 0, reasons: [], problems: [] },
    ...figures(all),
    regions: regions.map((region) => ({
      region,
      ...figures(all.filter((one) => one.region === region)),
    })),
  };
}

function rollPage(voters: RollVoterAnswer[], url: URL) {
  const after = url.searchParams.get("after") ?? "";
  const rest = voters.filter(({ pid }) => pid > after);
  const page = rest.slice(0, pageBallots);
  return { voters: page, next: rest.length > page.length ? (page.at(-1)?.pid ?? null) : null };
}

/** Freezes the manifest anew after a test has changed it, as if it had always been so. */
export function freezeAgain(instance: FakeInstance): void {
  const hash = sha256(canonicalJson(instance.manifest));
  instance.decision.manifest_hash = hash;
  instance.outcome["manifest_hash"] = hash;
}

/** Stands for the hash of a ballot: of each place another. */
export function hashOf(shard: number, seq: number): string {
  return sha256(`the ballot ${seq} of shard ${shard}`);
}

/** Pages hold three ballots, so that a short log has several. */
const pageBallots = 3;

export function fakeClient(instance: Omit<FakeInstance, "client">): Client {
  return clientOf((url) => {
    if (url.pathname === "/decisions/d") return instance.decision;
    if (url.pathname === "/decisions/d/audit") return instance.audit;
    if (url.pathname === "/decisions/d/results") return instance.results;
    if (url.pathname === "/decisions/d/manifest") return instance.manifest;
    if (url.pathname === "/decisions/d/outcome") return instance.outcome;
    if (url.pathname === "/decisions/d/roll") {
      return { decision_id: "d", electorate: "roll", roll: instance.roll, upload: null };
    }
    if (url.pathname === "/decisions/d/audit-log") return instance.entries;
    const [, , , , layer, shard, what] = url.pathname.split("/");
    if (what === "roll") return rollPage(instance.voters[Number(shard)] ?? [], url);
    const ballots = (layer === "shards" ? instance.logs : instance.rows)[Number(shard)] ?? [];
    const after = Number(url.searchParams.get("after_seq"));
    const rest = ballots.filter((ballot) => ballot.seq > after);
    const page = rest.slice(0, pageBallots);
    return { ballots: page, next: rest.length > page.length ? (page.at(-1)?.seq ?? null) : null };
  });
}
