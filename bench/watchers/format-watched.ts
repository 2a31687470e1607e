import type { WatchedRun } from "./run-watchers.ts";

const columns: { title: string; of: (run: WatchedRun) => string }[] = [
  { title: "streams, p50 ms", of: ({ seen }) => seen.stream.p50Ms.toFixed(0) },
  { title: "p99", of: ({ seen }) => seen.stream.p99Ms.toFixed(0) },
  { title: "sockets, p50 ms", of: ({ seen }) => seen.socket.p50Ms.toFixed(0) },
  { title: "p99", of: ({ seen }) => seen.socket.p99Ms.toFixed(0) },
  { title: "all, p99 ms", of: ({ seen }) => seen.all.p99Ms.toFixed(0) },
  { title: "p99.9", of: ({ seen }) => seen.all.p999Ms.toFixed(0) },
  { title: "receipts, p99 ms", of: ({ voted }) => voted?.p99Ms.toFixed(0) ?? "" },
  {
    title: "µs a message",
    of: (run) => run.processorMicrosecondsAMessage?.toFixed(0) ?? "",
  },
  { title: "runtime busy", of: (run) => `${(run.runtimeUtilization * 100).toFixed(0)} %` },
  { title: "watchers busy", of: (run) => `${(run.watchersUtilization * 100).toFixed(0)} %` },
  { title: "load", of: ({ loadAverage }) => loadAverage.toFixed(1) },
];

/** What was seen, as a table in Markdown, with the aim in ms. */
export function formatWatched(runs: readonly WatchedRun[], aimMs: number): string {
  const head = ["", ...columns.map(({ title }) => title), `aim ${aimMs}`];
  const lines = runs.map((run) => {
    const isMet = run.seen.all.p99Ms <= aimMs;
    const aim = isMet ? "met" : "missed";
    return [run.name, ...columns.map(({ of }) => of(run)), aim];
  });
  const rule = ["---", ...head.slice(1).map(() => "---:")];
  const counts = runs.map(({ name, votes }) => `${name}: all watchers saw all ${votes}`);
  return [...[head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`), "", ...counts].join(
    "\n",
  );
}
