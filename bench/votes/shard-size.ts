import { setTimeout as sleep } from "node:timers/promises";
import { findProcess } from "../../scripts/local-platform/running-process.ts";
import { checkPhase, sendVotes, type BenchRun, type VotingResult } from "./bench-run.ts";
import { sum, toRow, type Row } from "./row.ts";
import { mostGrown, readShardFiles } from "./shard-files.ts";
import { closedLoopConnections, fillConnections, fillVotesEach } from "./settings.ts";

const fillMsMax = 600_000;
/** More than the fastest round needs, so that it is the clock that ends a round. */
const votesPerSecondMax = 15_000;
/** The garbage of the last requests is still resident when they are answered. */
const settleMs = 2_000;

/** Bytes of memory that `workerd` has resident, and of the shard's file. */
export type ShardSizes = {
  ballots: number;
  residentBeforeFill: number;
  residentAfterFill: number;
  /**
   * After a restart and one vote: first in the small shard, then in the large one too. What lies
   * between is the large shard's.
   */
  residentWithSmall: number;
  residentWithLarge: number;
  file: number;
  /** With what was published of its ballots. */
  fileCertified: number;
};

type Shard = { id: string; ballots: number; results: VotingResult[]; acknowledged: number };

/**
 * Votes in a shard that is full against votes in one that is nearly empty: a shard must grow
 * neither slow nor fat.
 */
export async function benchShardSizes(run: BenchRun): Promise<ShardSizes> {
  const { smallShardBallots, largeShardBallots } = run.settings;
  const filesBefore = readShardFiles(run.stateFolder);
  const small = await openShard(run, "bench-small-shard", smallShardBallots);
  const large = await openShard(run, "bench-large-shard", largeShardBallots);
  await fill(run, small);
  const residentBeforeFill = await residentBytes(run);
  run.rows.push(await fill(run, large));
  const residentAfterFill = await residentBytes(run);

  await compareSpeed(run, [small, large]);
  await run.platform.restart();
  await voteOnce(run, small);
  const residentWithSmall = await residentBytes(run);
  await voteOnce(run, large);
  const residentWithLarge = await residentBytes(run);
  const file = mostGrown(filesBefore, readShardFiles(run.stateFolder));
  for (const { id, acknowledged } of [small, large]) await checkPhase(run, id, acknowledged);
  return {
    ballots: large.ballots,
    residentBeforeFill,
    residentAfterFill,
    residentWithSmall,
    residentWithLarge,
    file,
    fileCertified: mostGrown(filesBefore, readShardFiles(run.stateFolder)),
  };
}

async function openShard(run: BenchRun, slug: string, ballots: number): Promise<Shard> {
  const id = await run.platform.openDecision(slug, 1);
  return { id, ballots, results: [], acknowledged: 0 };
}

async function fill(run: BenchRun, shard: Shard): Promise<Row> {
  const name = `filling one shard, ${fillVotesEach} votes a request`;
  const batches = Math.ceil(shard.ballots / fillVotesEach);
  const { result, echoPerSecond } = await run.echo.around(() =>
    sendVotes(run, shard.id, {
      name: `${name}, to ${shard.ballots}`,
      plan: run.platform.batchesPlan(shard.id, batches, fillVotesEach),
      pace: { kind: "closed", connections: fillConnections },
      warmUpMs: 0,
      measureMs: fillMsMax,
    }),
  );
  shard.acknowledged += result.acknowledgedVotes;
  return toRow(name, { results: [result], echoPerSecond });
}

async function compareSpeed(run: BenchRun, shards: Shard[]): Promise<void> {
  const { rounds } = run.settings;
  const echoRates: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const shard of shards) {
      const { result, echoPerSecond } = await run.echo.around(() => voteForARound(run, shard));
      shard.results.push(result);
      echoRates.push(echoPerSecond);
    }
  }
  const echoPerSecond = sum(echoRates, (rate) => rate) / echoRates.length;
  for (const { results, ballots } of shards) {
    const name = `one vote a request, one shard of ${ballots.toLocaleString("en-GB")}`;
    run.rows.push(toRow(name, { results, echoPerSecond }));
  }
}

async function voteForARound(run: BenchRun, shard: Shard): Promise<VotingResult> {
  const { warmUpMs, roundMs } = run.settings;
  const count = Math.ceil((votesPerSecondMax * (warmUpMs + roundMs)) / 1_000);
  const result = await sendVotes(run, shard.id, {
    name: `one vote a request, closed loop, ${shard.id}`,
    plan: run.platform.votesPlan(shard.id, count),
    pace: { kind: "closed", connections: closedLoopConnections },
    warmUpMs,
    measureMs: roundMs,
  });
  shard.acknowledged += result.acknowledgedVotes;
  return result;
}

async function voteOnce(run: BenchRun, shard: Shard): Promise<void> {
  const result = await sendVotes(run, shard.id, {
    name: `one vote after the restart, ${shard.id}`,
    plan: run.platform.votesPlan(shard.id, 1),
    pace: { kind: "closed", connections: 1 },
    warmUpMs: 0,
    measureMs: fillMsMax,
  });
  shard.acknowledged += result.acknowledgedVotes;
}

async function residentBytes(run: BenchRun): Promise<number> {
  await sleep(settleMs);
  return findProcess(run.platform.runtimePid)?.residentBytes ?? 0;
}
