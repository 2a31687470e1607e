import { randomBytes } from "node:crypto";
import { withClient } from "../../src/cli/migrate/with-client.ts";
import { isServiceRunning, startMissing, stopService } from "../../scripts/services/control.ts";
import { withDescendants } from "../../scripts/services/process-mark.ts";
import { readServiceState } from "../../scripts/services/state-file.ts";
import { dropVotingDatabase, keepEmptyDatabase } from "../../scripts/services/voting-database.ts";
import type { RequestPlan } from "../votes/load/load-job.ts";
import { tokenIssuer } from "../votes/platform-under-test.ts";
import {
  bulkConnections,
  bulkVotesEach,
  closedLoopConnections,
  openLoopConnections,
} from "../votes/settings.ts";
import { names, type Contender } from "./contender.ts";
import { startPeer, type Peer, type PeerOptions } from "./start-peer.ts";

export interface NodePeers {
  contenders: Contender[];
  stop(): Promise<void>;
}

const single = {
  way: "requests",
  against: [names.echo, names.each],
  aims: {},
  inFlight: { closed: closedLoopConnections, open: openLoopConnections },
  requestsPerSecondMax: 16_000,
} as const;
const many = {
  way: "requests",
  against: [names.bulk],
  aims: {},
  inFlight: { closed: bulkConnections, open: bulkConnections },
  requestsPerSecondMax: 500,
} as const;

/** Two servers, each with a database of its own in the Postgres of `npm run services`. */
export async function startNodePeers(log: (line: string) => void): Promise<NodePeers> {
  const wasRunning = isServiceRunning("postgres");
  await startMissing(["postgres"], log);
  const keys = {
    issuer: tokenIssuer,
    tokenKeys: `peer:${randomBytes(32).toString("base64url")}`,
    apiKey: randomBytes(24).toString("base64url"),
  };
  const databases = ["bench_peer_each", "bench_peer_group"] as const;
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.toReversed()) await end();
    if (!wasRunning) await stopService("postgres", log);
  };
  const start = async (name: string, commit: PeerOptions["commit"]) => {
    // What a run that was killed has left.
    await dropVotingDatabase({ name });
    const { ownerUrl } = await keepEmptyDatabase(name);
    stops.push(() => dropVotingDatabase({ name }));
    const peer = await startPeer({ commit, databaseUrl: ownerUrl, keys });
    stops.push(() => peer.stop());
    return { peer, databaseUrl: ownerUrl };
  };
  const votes = (decisionId: string) => (count: number) =>
    ({ kind: "votes", decisionId, ...keys, tokenIssuer, generation: 1, count }) as const;
  const batches = (decisionId: string) => (count: number) =>
    ({ kind: "batches", decisionId, ...keys, votesEach: bulkVotesEach, count }) as const;

  try {
    const each = await start(databases[0], "each");
    const group = await start(databases[1], "group");
    const contenders = [
      { ...single, name: names.each, ...served(each, "peer-each", votes) },
      { ...single, name: names.group, ...served(group, "peer-group", votes) },
      { ...many, name: names.bulk, ...served(each, "peer-bulk", batches) },
    ];
    return { contenders, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface RunningPeer {
  peer: Peer;
  databaseUrl: string;
}

function served(
  { peer, databaseUrl }: RunningPeer,
  decisionId: string,
  planOf: (decisionId: string) => (count: number) => RequestPlan,
): Pick<Contender, "origin" | "plan" | "pids" | "settle" | "countStored"> {
  return {
    origin: () => peer.origin,
    plan: planOf(decisionId),
    pids: () => [peer.pid, ...postgresPids()],
    // Stored before it was acknowledged.
    settle: () => Promise.resolve(),
    countStored: () => countVoters(databaseUrl, decisionId),
  };
}

function postgresPids(): number[] {
  const mark = readServiceState("postgres")?.process ?? null;
  return mark === null ? [] : withDescendants(mark).map(({ pid }) => pid);
}

async function countVoters(databaseUrl: string, decisionId: string): Promise<number> {
  const text = "SELECT count(*) AS votes FROM ballots WHERE decision_id = $1";
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ votes: string }>(text, [decisionId]),
  );
  return Number(rows[0]?.votes ?? 0);
}
