import { MemoryMeter, noMeter, type Meter } from "../src/telemetry/metrics/meter.ts";
import { runMain, exitStatus } from "../src/cli/command-line/usage-error.ts";
import { microsecondsEach } from "./votes/microseconds-each.ts";

/** `npm run bench:metrics`: what measuring adds to a vote, by itself, in µs of one processor. */
await runMain(async () => {
  const [measured, not] = [new MemoryMeter(() => Date.now()), noMeter].map((meter) =>
    microsecondsEach(measureVote(meter)),
  );
  console.log(
    `a vote measured: ${measured?.toFixed(2)} µs, with METRICS=none: ${not?.toFixed(2)} µs`,
  );
  return exitStatus.ok;
});

/** What a vote alone in its commit measures: its request, what came of it, and the commit. */
function measureVote(meter: Meter): () => void {
  const route = {
    "http.request.method": "POST",
    "http.route": "/api/v1/voting/cast-vote",
    status_class: "2xx",
  };
  return () => {
    meter.count("enviro.votes", { outcome: "accepted" });
    meter.record("http.server.request.duration", { ...route }, 0.012);
    meter.record("enviro.commit.size", {}, 1);
    meter.record("enviro.commit.duration", {}, 0.004);
  };
}
