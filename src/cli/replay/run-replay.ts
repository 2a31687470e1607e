import { createApiClient, type ApiClient } from "../client/api-client.ts";
import { forEachConcurrently } from "../command-line/for-each-concurrently.ts";
import { openLineFile, type LineFile } from "../command-line/line-file.ts";
import { formatCount } from "../command-line/progress-line.ts";
import { startProgress } from "../command-line/progress.ts";
import { countBallots, sumRegions } from "../count/tally-count.ts";
import { readElectorate } from "./electorate.ts";
import { readFileVotes } from "./file-votes.ts";
import { GroupBuffer, type Parcel } from "./group-buffer.ts";
import { noJournal, openJournal } from "./journal.ts";
import type { ReplayOptions } from "./options.ts";
import { parcelsOf } from "./batches.ts";
import { readQuestions } from "./questions.ts";
import { finishDecision, sendParcel, type DecisionWork } from "./replay-decision.ts";
import { ReplaySummary } from "./summary.ts";
import { surveyVotes } from "./first-pass.ts";

/**
 * Replays a file of votes through a running instance. Everything about one decision (create, open, votes, close, compare) is
 * done in one go, because a Durable Object costs milliseconds to start and tenths of one while it is warm.
 */
export async function runReplay(
  options: ReplayOptions,
  instance: { origin: string; key: string },
  signal: AbortSignal,
): Promise<ReplaySummary> {
  const startedAt = performance.now();
  const electorate = await readElectorate(options.voters);
  const questions = await readQuestions(options.rollCalls);
  const readVotes = () => readFileVotes(options.votes, electorate);
  const survey = await surveyVotes(readVotes(), questions, options.decisionsMax);
  const buffer = new GroupBuffer(survey.rowsOf, electorate);

  const journal =
    options.journal === null
      ? noJournal
      : openJournal(options.journal, { to: instance.origin, prefix: options.prefix });
  const receipts = options.receipts === null ? null : openLineFile(options.receipts);
  const client = createApiClient({ ...instance, connections: options.concurrency, signal });
  const work = toWork(options, client, electorate, receipts);
  // The first line tells a waiting parent process that sending begins.
  console.error(
    `replaying ${formatCount(survey.rows)} votes in ${formatCount(survey.rowsOf.size)} decisions`,
  );
  const progress = startProgress("replay", "votes", survey.rows);
  const summary = new ReplaySummary(survey.rowsOf.size, survey.rows, (line) => progress.note(line));

  const replayParcel = async (parcel: Parcel): Promise<void> => {
    const id = `${options.prefix}-${parcel.rollCall.toLowerCase()}`;
    const question = questions.get(parcel.rollCall) ?? { title: id, description: "" };
    const total = parcel.count === null ? null : countBallots(sumRegions(parcel.count));
    const isFinished = total !== null && journal.finishedVotes(id) === total;
    if (isFinished) summary.skipped(total);
    else summary.sent(id, await sendParcel(work, id, question, parcel));
    progress.advance(parcel.rows);
    if (parcel.count === null || total === null) return;

    const differences = await finishDecision(work, id, parcel.count);
    summary.compared(id, differences);
    if (!isFinished && differences.length === 0) journal.finish(id, total);
  };

  try {
    await forEachConcurrently(
      inTurn(parcelsOf(readVotes(), buffer), replayParcel),
      options.concurrency,
      replayParcel,
    );
    summary.end(buffer.duplicateRows, performance.now() - startedAt);
  } finally {
    progress.finish();
    journal.close();
    receipts?.close();
    await client.close();
  }
  return summary;
}

/** An early parcel is sent before anything else is read, so that no later parcel of its decision can overtake it. */
async function* inTurn(
  parcels: AsyncIterable<Parcel>,
  replayParcel: (parcel: Parcel) => Promise<void>,
): AsyncGenerator<Parcel> {
  for await (const parcel of parcels) {
    if (parcel.count === null) await replayParcel(parcel);
    else yield parcel;
  }
}

function toWork(
  options: ReplayOptions,
  client: ApiClient,
  electorate: DecisionWork["electorate"],
  receipts: LineFile | null,
): DecisionWork {
  return {
    client,
    electorate,
    batchVotes: options.batchVotes,
    shards: options.shards,
    isKeptOpen: options.isKeptOpen,
    onReceipt: (receipt) => receipts?.append(JSON.stringify(receipt)),
  };
}
