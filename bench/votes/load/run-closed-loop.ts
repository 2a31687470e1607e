import { connectorOf } from "./socket-connections.ts";
import type { LoadJob, LoadResult } from "./load-job.ts";
import type { PreparedRequests } from "./prepare-requests.ts";
import { tallyAnswers } from "./tally-answers.ts";

/**
 * Keeps every connection busy with one request after another, until the time or the requests are
 * over.
 */
export async function runClosedLoop(job: LoadJob, requests: PreparedRequests): Promise<LoadResult> {
  const startedAt = performance.now();
  const from = startedAt + job.warmUpMs;
  const to = from + job.measureMs;
  const tally = tallyAnswers(requests, { from, to });
  const idleSince = performance.eventLoopUtilization();
  let endedAt = to;
  const connect = connectorOf(job);

  const keepBusy = (): Promise<void> =>
    new Promise((resolve) => {
      const connection = connect();
      const sendNext = (): void => {
        const sentAt = performance.now();
        const request = sentAt < to && !tally.hasFailed() ? requests.next() : undefined;
        if (request === undefined) {
          // Out of requests, the rate is that of the time in which all connections had one.
          endedAt = Math.min(endedAt, sentAt);
          void connection.close().then(resolve);
          return;
        }
        connection.send(request, (answer) => {
          tally.add(answer, sentAt, performance.now());
          sendNext();
        });
      };
      sendNext();
    });
  await Promise.all(Array.from({ length: job.pace.connections }, keepBusy));
  const { utilization } = performance.eventLoopUtilization(idleSince);
  return tally.result({ startedAt, measuredMs: endedAt - from, utilization });
}
