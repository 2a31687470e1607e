import { setTimeout as sleep } from "node:timers/promises";
import { openWatcher, type WatchWay } from "./watch-connection.ts";
import { seenLatencies, type Sightings, type VoteSchedule } from "./seen-latencies.ts";

export type WatchOrder =
  | { kind: "open"; origin: string; decisionId: string; watchers: Record<WatchWay, number> }
  | { kind: "report"; schedule: VoteSchedule; votes: number };

export type WatchReply =
  | { kind: "open" }
  | { kind: "report"; latencies: Record<WatchWay, string>; utilization: number }
  | { kind: "failed"; error: string };

const openedAtOnce = 64;
const seenMsMax = 60_000;
const seenPollMs = 100;

type Watcher = { way: WatchWay; sightings: [at: number, votes: number][] };

const watchers: Watcher[] = [];
/** The version without a vote. */
let firstVersion: number | null = null;
let idleSince = performance.eventLoopUtilization();

async function openAll({ origin, decisionId, watchers: count }: WatchOrder & { kind: "open" }) {
  const ways = (["stream", "socket"] as const).flatMap((way) =>
    Array.from({ length: count[way] }, () => way),
  );
  const openNext = async (): Promise<void> => {
    for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
      const watcher: Watcher = { way, sightings: [] };
      watchers.push(watcher);
      const onVersion = (version: number): void => {
        firstVersion ??= version;
        watcher.sightings.push([
          performance.timeOrigin + performance.now(),
          version - firstVersion,
        ]);
      };
      const socket = await openWatcher({ origin, decisionId, way, onVersion });
      socket.on("close", () => {
        throw new Error("a watcher was cut off");
      });
    }
  };
  await Promise.all(Array.from({ length: openedAtOnce }, openNext));
  idleSince = performance.eventLoopUtilization();
  return { kind: "open" } as const;
}

/** @throws where a watcher does not come to see all votes */
async function report({ schedule, votes }: WatchOrder & { kind: "report" }) {
  const { utilization } = performance.eventLoopUtilization(idleSince);
  const giveUpAt = performance.now() + seenMsMax;
  const countBehind = (): number =>
    watchers.filter(({ sightings }) => sightings.at(-1)?.[1] !== votes).length;
  while (countBehind() > 0) {
    if (performance.now() > giveUpAt)
      throw new Error(`${countBehind()} watchers have not seen ${votes} votes`);
    await sleep(seenPollMs);
  }
  const of = (way: WatchWay): string => {
    const seen = watchers.filter((watcher) => watcher.way === way);
    return seenLatencies(
      seen.map(({ sightings }): Sightings => sightings),
      schedule,
    );
  };
  const latencies = { stream: of("stream"), socket: of("socket") };
  return { kind: "report", latencies, utilization } as const;
}

process.on("message", (order: WatchOrder) => {
  const work = order.kind === "open" ? openAll(order) : report(order);
  void work.then(
    (reply) => process.send?.(reply satisfies WatchReply),
    (error: unknown) =>
      process.send?.({ kind: "failed", error: String(error) } satisfies WatchReply),
  );
});
