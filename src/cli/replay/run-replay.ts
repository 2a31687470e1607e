import { connectClient, type Instance } from "../api/connect.ts";
import { abortOnSignals } from "../command-line/abort-on-signals.ts";
import { forEachConcurrently } from "../command-line/for-each-concurrently.ts";
import { openLineFile } from "../command-line/line-file.ts";
import { formatProgressCount } from "../command-line/progress-line.ts";
import { startProgress } from "../command-line/progress.ts";
import { exitStatus } from "../command-line/usage-error.ts";
import type { ReplayCommand } from "../commands/replay.ts";
import { totalBallots, sumRegions } from "../count/tally-count.ts";
import { readElectorate } from "./electorate.ts";
import { readFileVotes } from "./file-votes.ts";
import { GroupBuffer, type ReplayBatch } from "./group-buffer.ts";
import { noJournal, openJournal } from "./journal.ts";
import type { ReplayOptions } from "./options.ts";
import { batchesOf } from "./batches.ts";
import { readQuestions } from "./questions.ts";
import { finishDecision, sendBatch, type DecisionWork } from "./replay-decision.ts";
import { ReplaySummary } from "./summary.ts";
import { readFirstPass } from "./first-pass.ts";

/** Replays a file of votes and prints what it came to. */
export async function replay({ instance, options }: ReplayCommand): Promise<number> {
  const summary = await runReplay(options, instance, abortOnSignals());
  console.log(summary.lines().join("\n"));
  return summary.isExact ? exitStatus.ok : exitStatus.differences;
}

/**
 * Replays a file of votes through a running instance. Everything about one decision (create, open,
 * votes, close, compare) is done in one go, because a Durable Object costs milliseconds to start
 * and tenths of one while it is warm.
 */
export async function runReplay(
  options: ReplayOptions,
  instance: Instance,
  signal: AbortSignal,
): Promise<ReplaySummary> {
  const startedAt = performance.now();
  const log = (line: string): void => console.error(line);
  const electorate = await readElectorate(options.voters);
  const questions = await readQuestions(options.rollCalls);
  const readVotes = () => readFileVotes(options.votes, electorate);
  const firstPass = await readFirstPass(readVotes(), questions, options.decisionsMax);
  const buffer = new GroupBuffer(firstPass.rowsOf, electorate);

  const journal =
    options.journal === null
      ? noJournal
      : openJournal(options.journal, { to: instance.origin, prefix: options.prefix });
  const receipts = options.receipts === null ? null : openLineFile(options.receipts);
  const client = connectClient({ ...instance, connections: options.concurrency, signal, log });
  const work: DecisionWork = {
    client,
    electorate,
    batchVotes: options.batchVotes,
    shards: options.shards,
    isKeptOpen: options.isKeptOpen,
    onReceipt: (receipt) => receipts?.append(JSON.stringify(receipt)),
  };
  // The first line tells a waiting parent process that sending begins.
  console.error(
    `replaying ${formatProgressCount(firstPass.rows)} votes in ${formatProgressCount(firstPass.rowsOf.size)} decisions`,
  );
  const progress = startProgress("replay", "votes", firstPass.rows);
  const summary = new ReplaySummary(firstPass.rowsOf.size, firstPass.rows, (line) =>
    progress.note(line),
  );

  const replayBatch = async (batch: ReplayBatch): Promise<void> => {
    const slug = `${options.prefix}-${batch.rollCall.toLowerCase()}`;
    const question = questions.get(batch.rollCall) ?? { title: slug, description: "" };
    const total = batch.count === null ? null : totalBallots(sumRegions(batch.count));
    const before = journal.finished(slug);
    const isFinished = before !== undefined && before.votes === total;
    const sent = isFinished ? null : await sendBatch(work, { slug, question, batch });
    if (sent !== null) summary.sent(sent);
    else if (total !== null) summary.skipped(total);
    const decisionId = sent?.decisionId ?? before?.decision;
    progress.advance(batch.rows);
    if (batch.count === null || total === null || decisionId === undefined) return;

    const differences = await finishDecision(work, decisionId, batch.count);
    summary.compared(decisionId, differences);
    if (!isFinished && differences.length === 0)
      journal.finish({ slug, decision: decisionId, votes: total });
  };

  try {
    await forEachConcurrently(
      inTurn(batchesOf(readVotes(), buffer), replayBatch),
      options.concurrency,
      replayBatch,
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

/**
 * An early batch is sent before anything else is read, so that no later batch of its decision can
 * overtake it.
 */
async function* inTurn(
  batches: AsyncIterable<ReplayBatch>,
  replayBatch: (batch: ReplayBatch) => Promise<void>,
): AsyncGenerator<ReplayBatch> {
  for await (const batch of batches) {
    if (batch.count === null) await replayBatch(batch);
    else yield batch;
  }
}
