import { checkPhase, sendVotes, type BenchRun } from "./bench-run.ts";
import { toRow } from "./row.ts";
import { bulkConnections, bulkVotesEach, goals } from "./settings.ts";

const slug = "bench-bulk";
/** The batches are counted out beforehand, so the run ends when they are sent. */
const bulkMsMax = 120_000;

/** Many votes a request, as polling stations and partner systems send them. */
export async function benchBulkVotes(run: BenchRun): Promise<void> {
  const { platform, settings } = run;
  const decisionId = await platform.openDecision(slug, run.shards);
  const { result, echoPerSecond } = await run.echo.around(() =>
    sendVotes(run, decisionId, {
      name: `${bulkVotesEach} votes a request, ${bulkConnections} at a time`,
      plan: platform.batchesPlan(decisionId, settings.bulkBatches, bulkVotesEach),
      pace: { kind: "closed", connections: bulkConnections },
      warmUpMs: settings.warmUpMs,
      measureMs: bulkMsMax,
    }),
  );
  const goal = goals.bulkVotesPerSecond;
  run.rows.push(
    toRow(
      `${bulkVotesEach} votes a request, ${bulkConnections} at a time`,
      { results: [result], echoPerSecond },
      ({ votesPerSecond }) => ({
        text: `${goal.toLocaleString("en-GB")} votes/s`,
        isMet: (votesPerSecond ?? 0) >= goal,
      }),
    ),
  );
  await checkPhase(run, decisionId, result.acknowledgedVotes);
}
