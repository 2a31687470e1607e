import { RoomReleases } from "../../../durable-objects/decision-room/releases.ts";
import { ballotOpener, type BallotOpener } from "../../../src/ballot/opening.ts";
import type { CastRequest } from "../../../src/ballot/voter.ts";
import { votingTerms } from "../../../src/ballot/voting-terms.ts";
import { sumRegionTallies, sumTallies } from "../../../src/ballot/tally.ts";
import type { Decision, Manifest } from "../../../src/decision/decision.ts";
import { freezeManifest } from "../../../src/decision/manifest.ts";
import { joinShardRolls, type Roll } from "../../../src/decision/roll.ts";
import { shardOf } from "../../../src/decision/shard-map.ts";
import { isReleased } from "../../../src/decision/visibility.ts";
import { noReleases, type Releases } from "../../../src/results/releases.ts";
import { toResult, type DecisionResult } from "../../../src/results/result.ts";
import { sampleDecision, sampleDraft } from "../sample-draft.ts";
import { CoreShard, rememberingOpener, type KeptBallot } from "./core-shards.ts";
import { openPublicView, type Plant, type Sight } from "./core-sights.ts";
import { hexOf, isBallot, type Arrival, type RandomElection } from "./random-election.ts";

const opensAt = 1_000;
const commitEveryMs = 300;

/** How an election is held. */
export interface HoldInput {
  election: RandomElection;
  opener: BallotOpener;
  /** A leak, planted into what is shown. */
  plant?: Plant;
}

/** An election that is over. */
export interface CoreElection {
  /** All that anybody has seen, in order. */
  sights: Sight[];
  kept: readonly KeptBallot[];
  /** After which commits the newest frozen state of a region has changed. */
  frozen: ReadonlyMap<string, readonly number[]>;
}

/** An opener for elections of this seed. */
export function openerOf({ seed }: Pick<RandomElection, "seed">): BallotOpener {
  return rememberingOpener(ballotOpener({ decisionId: "delta", openingKey: hexOf(`key ${seed}`) }));
}

/** Holds an election with the product's own pure parts, to its certification. */
export function holdCoreElection({ election, opener, plant }: HoldInput): CoreElection {
  const decision = openedDecision(election);
  const manifest = decision.manifest as Manifest;
  const shards = manifest.shardMap.map((_, shard) => {
    const terms = votingTerms(manifest, "00".repeat(32), shard);
    return new CoreShard({ terms, roll: rollOf(election), opener, seed: election.seed + shard });
  });
  const kept = (): KeptBallot[] => shards.flatMap((shard) => shard.kept);
  const room = roomOf(decision, election);
  const view = openPublicView({ election, manifest, kept, plant: plant ?? null });
  const frozen = new Map<string, number[]>();
  const look = (status: Decision["status"], now: number, index: number): void => {
    const isFinal = status === "closed" || status === "certified";
    const snapshots = shards.map((shard) => shard.snapshot(now, isFinal));
    const { result, moved } = room.look(status, snapshots, now);
    for (const code of moved) frozen.set(code, [...(frozen.get(code) ?? []), index]);
    view.result(result, now);
  };
  const proofs = new Map<number, Arrival>();
  let arrival = 0;
  for (const [index, commit] of election.commits.entries()) {
    const now = opensAt + index * commitEveryMs;
    const asked = commit.map((each) => ({
      ...requestOf(election, { arrival: each, newest: proofs, opener }),
      voter: each.voter,
      arrival: arrival++,
    }));
    for (const [at, shard] of shards.entries()) {
      const own = asked.filter(({ request }) => shardOf(request.pid, shards.length) === at);
      if (own.length === 0) continue;
      const outcomes = shard.cast(
        own.map(({ request }) => request),
        own.map((each) => each.arrival),
        now,
      );
      for (const [position, { voter, isOwn }] of own.entries())
        view.answer(outcomes[position], isOwn ? voter : null);
    }
    if (election.looks[index] === true) look("open", now, index);
  }
  const end = opensAt + election.commits.length * commitEveryMs + 60_000;
  const hasPublication = election.disclosure !== "roll_call";
  if (hasPublication) {
    const seals = shards.map((shard) => shard.snapshot(end, true));
    const certified = room.look("certified", seals, end);
    look("closed", end, election.commits.length);
    view.certify({
      result: certified.result,
      seals,
      published: shards.flatMap((one) => one.published()),
    });
  }
  return { sights: view.sights, kept: kept(), frozen };
}

interface RequestInput {
  arrival: Arrival;
  /** Each voter's newest ballot, which a change needs the r of. */
  newest: Map<number, Arrival>;
  opener: BallotOpener;
}

function requestOf(
  { voters }: RandomElection,
  { arrival, newest, opener }: RequestInput,
): { request: CastRequest; isOwn: boolean } {
  const { pid, region, weight } = voters[arrival.voter] as RandomElection["voters"][number];
  const before = newest.get(arrival.voter);
  const common = { pid, region, weight, authority: "token", serial: 1, note: null } as const;
  if (arrival.kind === "stranger") {
    const { choice, nonce, isWithdrawal } = arrival;
    const asked = { choice: isWithdrawal ? ("withdrawn" as const) : choice, nonce, proof: null };
    return { request: { ...common, ...asked }, isOwn: false };
  }
  const own = isBallot(arrival) ? arrival : before;
  if (own === undefined || !isBallot(own)) throw new Error("only what was cast is repeated");
  const isFirst = before === undefined || arrival.kind === "repeat" || !isBallot(before);
  const proof = isFirst ? null : opener.rOf({ pid, nonce: before.nonce });
  if (isBallot(arrival)) newest.set(arrival.voter, arrival);
  const choice = own.kind === "withdrawal" ? "withdrawn" : own.choice;
  return { request: { ...common, choice, nonce: own.nonce, proof }, isOwn: true };
}

function openedDecision(election: RandomElection): Decision {
  const { disclosure, visibility, revotePolicy, releaseMin, smallCellsMin, shards } = election;
  const draft = sampleDraft({
    disclosure,
    visibility,
    revotePolicy,
    releaseMin,
    smallCellsMin,
    shards,
    regions: election.regions.map((code) => ({ code, name: code })),
    electorate: election.hasRoll ? "roll" : "open",
    weightMax: Math.max(...election.voters.map(({ weight }) => weight)),
    opensAt,
    closesAt: 10_000_000,
    endsEarly: "never",
  });
  const decision = sampleDecision(draft);
  const roll = election.hasRoll ? joinedRoll(election) : null;
  const manifest = freezeManifest(decision, roll, opensAt);
  return { ...decision, roll, status: "open", manifest, manifestHash: hexOf("manifest") };
}

function joinedRoll({ voters, regions, shards }: RandomElection): Roll {
  const codes = regions.length === 0 ? [""] : regions;
  const parts = Array.from({ length: shards }, (_, shard) => {
    const own = voters.filter(({ pid }) => shardOf(pid, shards) === shard);
    const figures = codes.map((region) => {
      const here = own.filter((voter) => voter.region === region);
      const weight = String(here.reduce((sum, voter) => sum + voter.weight, 0));
      return { region, voters: here.length, weight };
    });
    return { hash: hexOf(`part ${shard}`), regions: figures, cells: null };
  });
  const given = { decisionId: "delta", number: 1, parts, placement: [], isInRoom: false };
  return joinShardRolls({ ...given, voterIds: "case_mapped", sha256: hexOf });
}

function rollOf({ voters, hasRoll }: RandomElection) {
  if (!hasRoll) return null;
  return new Map(voters.map(({ pid, region, weight }) => [pid, { region, weight }]));
}

/** A room as far as results go: the merged tally, and what of it may be known by now. */
function roomOf(decision: Decision, election: RandomElection) {
  let releases: Releases = noReleases;
  const kept = new RoomReleases({
    get releases() {
      return releases;
    },
    keepReleases: (next) => {
      releases = next;
    },
  });
  const look = (
    status: Decision["status"],
    snapshots: readonly ReturnType<CoreShard["snapshot"]>[],
    now: number,
  ): { result: DecisionResult; moved: string[] } => {
    const tally = sumTallies(snapshots.map((snapshot) => snapshot.tally));
    const { id, visibility } = decision.draft;
    const merged = toResult(
      {
        id,
        status,
        regions: election.regions,
        roll: decision.manifest?.roll ?? null,
        visibility,
        exposure: { kind: "all" },
      },
      { heads: snapshots, tally, total: sumRegionTallies(tally.values()) },
      now,
    );
    const before = releases;
    const current = { ...decision, status };
    if (election.disclosure === "roll_call") return { result: merged, moved: [] };
    const exposure = isReleased(current)
      ? kept.exposure(current, merged, now)
      : ({ kind: "regions", codes: [] } as const);
    const moved = [...releases.regions].filter(
      ([code, { newest }]) => before.regions.get(code)?.newest !== newest,
    );
    return { result: { ...merged, exposure }, moved: moved.map(([code]) => code) };
  };
  return { look };
}
