import { checkPhase, sendVotes, type BenchRun, type VotingRun } from "./bench-run.ts";
import { toRow, type Goal, type Row } from "./row.ts";
import { bulkConnections, bulkVotesEach, closedLoopConnections, goals } from "./settings.ts";

const slug = "bench-sockets";
/** More than any run sends. */
const votesASecondMax = 12_000;
const bulkMsMax = 120_000;

/** Votes over sockets: a socket a vote, and a station's with one and with many votes a message. */
export async function benchSocketVotes(run: BenchRun): Promise<void> {
  const { platform, settings, shards } = run;
  const decisionId = await platform.openDecision(slug, shards);
  const timed = { warmUpMs: settings.warmUpMs, measureMs: settings.roundMs };
  const votes = Math.ceil((votesASecondMax * (timed.warmUpMs + timed.measureMs)) / 1_000);
  const pace = { kind: "closed", connections: closedLoopConnections } as const;
  let acknowledged = 0;
  const bench = async (
    voting: VotingRun,
    goalOf: (row: Omit<Row, "goal">) => Goal | null,
  ): Promise<void> => {
    const { result, echoPerSecond } = await run.echo.around(() =>
      sendVotes(run, decisionId, voting),
    );
    acknowledged += result.acknowledgedVotes;
    run.rows.push(toRow(voting.name, { results: [result], echoPerSecond }, goalOf));
  };

  await bench(
    {
      name: `a socket a vote, ${closedLoopConnections} at a time`,
      plan: platform.votesPlan(decisionId, votes / 4),
      way: "voters' sockets",
      pace,
      ...timed,
    },
    () => null,
  );
  await bench(
    {
      name: `a station's socket, one vote a message, ${closedLoopConnections} in flight`,
      plan: platform.batchesPlan(decisionId, votes, 1),
      way: "a station's socket",
      pace,
      ...timed,
    },
    ({ requestsOfEcho }) => ({
      text: `${goals.stationVotesOfEcho.toFixed(2)} of echo`,
      isMet: requestsOfEcho >= goals.stationVotesOfEcho,
    }),
  );
  await bench(
    {
      name: `a station's socket, ${bulkVotesEach} votes a message, ${bulkConnections} in flight`,
      plan: platform.batchesPlan(decisionId, settings.bulkBatches, bulkVotesEach),
      way: "a station's socket",
      pace: { kind: "closed", connections: bulkConnections },
      warmUpMs: settings.warmUpMs,
      measureMs: bulkMsMax,
    },
    ({ votesPerSecond }) => ({
      text: `${goals.stationBulkVotesPerSecond.toLocaleString("en-GB")} votes/s`,
      isMet: (votesPerSecond ?? 0) >= goals.stationBulkVotesPerSecond,
    }),
  );
  await checkPhase(run, decisionId, acknowledged);
}
