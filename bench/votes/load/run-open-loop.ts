import { connectorOf } from "./socket-connections.ts";
import type { LoadJob, LoadResult, Pace } from "./load-job.ts";
import type { PreparedRequest, PreparedRequests } from "./prepare-requests.ts";
import { tallyAnswers } from "./tally-answers.ts";

/**
 * What is due is sent once a millisecond, which is also the most that the schedule itself adds to a
 * latency.
 */
const tickMs = 1;

type DueRequest = { request: PreparedRequest; dueAt: number };

/**
 * Sends on a fixed schedule. A request that finds no free connection waits, and its latency runs
 * from the time it was due, so a platform that stalls cannot hide the requests it kept from being
 * sent (coordinated omission).
 */
export async function runOpenLoop(
  job: LoadJob,
  pace: Pace & { kind: "open" },
  requests: PreparedRequests,
): Promise<LoadResult> {
  const startedAt = performance.now();
  const from = startedAt + job.warmUpMs;
  const lastDueAt = from + job.measureMs;
  const tally = tallyAnswers(requests, { from, to: Number.POSITIVE_INFINITY });
  const idleSince = performance.eventLoopUtilization();
  const connections = Array.from({ length: pace.connections }, connectorOf(job));
  const free = [...connections];
  const due: DueRequest[] = [];
  let scheduled = 0;
  let underWay = 0;
  let isScheduling = true;

  await new Promise<void>((resolve) => {
    const sendDue = (): void => {
      while (due.length > 0 && free.length > 0) {
        const [next, connection] = [due.shift(), free.pop()];
        if (next === undefined || connection === undefined) break;
        underWay += 1;
        connection.send(next.request, (answer) => {
          tally.add(answer, next.dueAt, performance.now());
          free.push(connection);
          underWay -= 1;
          sendDue();
        });
      }
      if (!isScheduling && due.length === 0 && underWay === 0) resolve();
    };
    const tick = (): void => {
      const now = performance.now();
      for (;;) {
        const dueAt = startedAt + (scheduled * 1_000) / pace.perSecond;
        if (dueAt > now) break;
        const request = dueAt < lastDueAt && !tally.hasFailed() ? requests.next() : undefined;
        if (request === undefined) {
          isScheduling = false;
          break;
        }
        scheduled += 1;
        due.push({ request, dueAt });
      }
      sendDue();
      if (isScheduling) setTimeout(tick, tickMs);
    };
    tick();
  });
  const endedAt = Math.max(performance.now(), lastDueAt);
  await Promise.all(connections.map((connection) => connection.close()));
  const { utilization } = performance.eventLoopUtilization(idleSince);
  return tally.result({ startedAt, measuredMs: endedAt - from, utilization });
}
