import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureDrain, type DrainRow } from "./kafka/measure-drain.ts";
import { measurePostgres } from "./kafka/measure-postgres.ts";
import { alignColumns } from "../src/cli/command-line/align-columns.ts";
import { wholeNumber } from "../src/cli/command-line/option-values.ts";
import { formatProgressCount } from "../src/cli/command-line/progress-line.ts";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import { isServiceRunning, startService, stopService } from "../scripts/services/control.ts";
import {
  dropVotingDatabase,
  keepVotingDatabase,
  type VotingDatabase,
} from "../scripts/services/voting-database.ts";

const log = (line: string): void => console.error(line);
const benchDatabase = "bench";
const goals = { d1: 10_000, postgres: 30_000 };
const services = { d1: ["kafka", "gateway"], postgres: ["postgres", "kafka", "gateway"] } as const;

/**
 * `npm run bench:kafka [-- --ballots <n>] [--writers <n>] [--database d1|postgres]`: a backlog in
 * Kafka, and how fast it reaches the database.
 */
await runMain(async () => {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { ballots: text, writers: text, database: text } });
  const bounds = { min: 1_000, max: 5_000_000, otherwise: 200_000 };
  const ballots = wholeNumber("ballots", values.ballots, bounds);
  const writers = wholeNumber("writers", values.writers, { min: 1, max: 64, otherwise: 2 });
  const database = values.database ?? "d1";
  if (database !== "d1" && database !== "postgres") {
    throw new UsageError(`--database takes d1 or postgres, not "${database}"`);
  }
  const started = services[database].filter((name) => !isServiceRunning(name));
  const stateFolder = mkdtempSync(join(tmpdir(), "enviro-bench-kafka-"));
  try {
    for (const name of services[database]) await startService(name, log);
    const postgres = database === "postgres" ? await emptyDatabase() : null;
    const reached = postgres === null ? {} : { postgresUrl: postgres.workerUrl };
    const rows = await measureDrain({ ballots, writers, database, stateFolder, log, ...reached });
    const isMet = isFastEnough(rows, goals[database]);
    if (postgres !== null) rows.push(await measurePostgres(ballots, postgres.workerUrl));
    const lines = rows.map(({ name, ballots: moved, elapsedMs }) => [
      name,
      formatProgressCount(moved),
      formatProgressCount(Math.round(elapsedMs)),
      formatProgressCount(Math.round((moved * 1_000) / elapsedMs)),
      "",
    ]);
    lines[1]?.splice(
      -1,
      1,
      `${isMet ? "✓" : "✗"} ${formatProgressCount(goals[database])} ballots/s`,
    );
    console.log(alignColumns([["", "ballots", "ms", "ballots/s", "goal"], ...lines]).join("\n"));
    return exitStatus.ok;
  } finally {
    if (database === "postgres" && isServiceRunning("postgres"))
      await dropVotingDatabase({ name: benchDatabase });
    for (const name of started.toReversed()) await stopService(name, log);
    rmSync(stateFolder, { recursive: true });
  }
});

/** A run that was killed has left its own behind. */
async function emptyDatabase(): Promise<VotingDatabase> {
  await dropVotingDatabase({ name: benchDatabase });
  return keepVotingDatabase(benchDatabase);
}

/** The drain's rate, the second row, which the goal is about. */
function isFastEnough([, drain]: readonly DrainRow[], goal: number): boolean {
  return drain !== undefined && (drain.ballots * 1_000) / drain.elapsedMs >= goal;
}
