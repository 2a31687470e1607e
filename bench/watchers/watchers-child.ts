import { fork } from "node:child_process";
import { once } from "node:events";
import { mergedPercentiles, type Percentiles } from "../votes/load/latencies.ts";
import type { VoteSchedule } from "./seen-latencies.ts";
import type { WatchWay } from "./watch-connection.ts";
import type { WatchOrder, WatchReply } from "./watch-process.ts";

/** How many watch, by how. */
export type WatcherCounts = Record<WatchWay, number>;

/** From when something was due until watchers saw it, and the share of a thread that they took. */
export interface Seen {
  seen: Record<WatchWay | "all", Percentiles>;
  watchersUtilization: number;
}

/** Watchers in a process of their own: what it does beside them would be seen as theirs. */
export interface WatchersChild {
  open(origin: string, decisionId: string, watchers: WatcherCounts): Promise<void>;
  /** @throws where a watcher does not come to see all votes */
  report(schedule: VoteSchedule, votes: number): Promise<Seen>;
  stop(): void;
}

export function startWatchers(): WatchersChild {
  const child = fork(new URL("watch-process.ts", import.meta.url), { serialization: "advanced" });
  const ask = async (order: WatchOrder): Promise<WatchReply> => {
    const answered = once(child, "message");
    child.send(order);
    // The process sends nothing else.
    const [reply] = (await answered) as [WatchReply];
    if (reply.kind === "failed") throw new Error(reply.error);
    return reply;
  };
  return {
    async open(origin, decisionId, watchers) {
      await ask({ kind: "open", origin, decisionId, watchers });
    },
    async report(schedule, votes) {
      const reply = await ask({ kind: "report", schedule, votes });
      if (reply.kind !== "report") throw new Error("the watchers did not report");
      const { latencies, utilization } = reply;
      const seen = {
        stream: mergedPercentiles([latencies.stream]),
        socket: mergedPercentiles([latencies.socket]),
        all: mergedPercentiles(Object.values(latencies)),
      };
      return { seen, watchersUtilization: utilization };
    },
    stop: () => void child.kill(),
  };
}
