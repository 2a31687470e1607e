import { mkdirSync, writeFileSync } from "node:fs";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { drawSimulations } from "./simulate/draw-simulation.ts";
import { lag99, quantile, runSimulation, type Scenario } from "./simulate/run-simulation.ts";

const scenarios: readonly Scenario[] = [
  { votesPerSecond: 10_000, decisions: 1, shards: 64, seconds: 60, seed: 1 },
  { votesPerSecond: 100_000, decisions: 10, shards: 64, seconds: 20, seed: 2 },
  { votesPerSecond: 100_000, decisions: 2, shards: 64, seconds: 20, seed: 3 },
];
const folder = ".local";
const picture = `${folder}/simulation.svg`;

/** `npm run bench:simulate`: what no machine here can play, as a simulation that says it is one. */
await runMain(async () => {
  const simulations = scenarios.map(runSimulation);
  console.log("A simulation, of measured and assumed times: nothing here ran at Cloudflare.");
  console.log("votes/s  decisions  shards  busy   p50 ms  p99 ms  votes a commit  p99 lag s");
  for (const { scenario, latencies, load, votesACommit, lags } of simulations) {
    const cells = [
      scenario.votesPerSecond.toLocaleString("en-GB").padStart(7),
      String(scenario.decisions).padStart(9),
      String(scenario.shards).padStart(6),
      `${(load * 100).toFixed(0)} %`.padStart(4),
      quantile(latencies, 0.5).toFixed(1).padStart(7),
      quantile(latencies, 0.99).toFixed(1).padStart(6),
      votesACommit.toFixed(1).padStart(14),
      (lag99(lags) / 1_000).toFixed(1).padStart(9),
    ];
    console.log(cells.join("  "));
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(picture, drawSimulations(simulations));
  console.log(`drawn in ${picture}`);
  return exitStatus.ok;
});
