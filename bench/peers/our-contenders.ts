import { closeAndSeal } from "../../src/cli/api/decisions.ts";
import { checkRecord, describeDifferences } from "../votes/check-record.ts";
import type { LoadWay } from "../votes/load/load-job.ts";
import type { PlatformUnderTest } from "../votes/platform-under-test.ts";
import {
  bulkConnections,
  bulkVotesEach,
  closedLoopConnections,
  goals,
  openLoopConnections,
} from "../votes/settings.ts";
import { names, type Aims, type Contender } from "./contender.ts";

type OurWay = Pick<Contender, "against" | "aims" | "way" | "requestsPerSecondMax"> & {
  slug: string;
  name: string;
  /** Null where a ballot token sends each vote. */
  votesEach: number | null;
};

const single = [names.echo, names.each, names.group];
const many = [names.bulk];
const requests: LoadWay = "requests";
const bulkAims: Aims = { of: { [names.bulk]: 0.7 } };

export const ourWays: readonly OurWay[] = [
  {
    slug: "post",
    name: "a vote a request",
    votesEach: null,
    way: requests,
    against: single,
    aims: { of: { [names.echo]: 0.33 } },
    requestsPerSecondMax: 8_000,
  },
  {
    slug: "voter-socket",
    name: "a voter's socket: upgrade and one vote",
    votesEach: null,
    way: "voters' sockets",
    against: single,
    aims: {},
    requestsPerSecondMax: 4_000,
  },
  {
    slug: "station-single",
    name: "a station's socket, one vote a message",
    votesEach: 1,
    way: "a station's socket",
    against: single,
    aims: { of: { [names.echo]: goals.stationVotesOfEcho, [names.each]: 1.5 }, p99Ms: 50 },
    requestsPerSecondMax: 16_000,
  },
  {
    slug: "station-many",
    name: `a station's socket, ${bulkVotesEach} votes a message`,
    votesEach: bulkVotesEach,
    way: "a station's socket",
    against: many,
    aims: { votesPerSecond: goals.stationBulkVotesPerSecond },
    requestsPerSecondMax: 500,
  },
  {
    slug: "bulk",
    name: `${bulkVotesEach} votes a request`,
    votesEach: bulkVotesEach,
    way: requests,
    against: many,
    aims: bulkAims,
    requestsPerSecondMax: 500,
  },
];

/** Opens a decision of its own for a way of ours to vote. */
export async function openOurs(
  platform: PlatformUnderTest,
  way: OurWay,
  shards: number,
): Promise<Contender> {
  const { slug, votesEach, name, ...rest } = way;
  const decisionId = await platform.openDecision(`bench-peers-${slug}-${shards}`, shards);
  const isMany = votesEach !== null && votesEach > 1;
  let acknowledged = 0;
  return {
    ...rest,
    name: `ours, ${shards === 1 ? "1 shard" : `${shards} shards`}: ${name}`,
    inFlight: isMany
      ? { closed: bulkConnections, open: bulkConnections }
      : { closed: closedLoopConnections, open: openLoopConnections },
    origin: () => platform.origin,
    plan: (count) =>
      votesEach === null
        ? platform.votesPlan(decisionId, count)
        : platform.batchesPlan(decisionId, count, votesEach),
    pids: () => [platform.runtimePid],
    settle: async (votes) => {
      acknowledged += votes;
      await platform.stored(decisionId, votes);
    },
    countStored: async () => {
      await closeAndSeal(platform.client, decisionId);
      const check = await checkRecord(platform.client, decisionId, acknowledged);
      const [difference] = describeDifferences(check);
      if (difference !== undefined) throw new Error(difference);
      return check.recordedInShards;
    },
  };
}
