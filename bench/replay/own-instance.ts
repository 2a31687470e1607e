import { connectClient } from "../../src/cli/api/connect.ts";
import { waitUntilDrained, type DrainReport } from "../../src/cli/api/wait-until-drained.ts";
import { formatProgressCount, formatDuration } from "../../src/cli/command-line/progress-line.ts";
import { startProgress } from "../../src/cli/command-line/progress.ts";
import type { ReplayOptions } from "../../src/cli/replay/options.ts";
import { runReplay } from "../../src/cli/replay/run-replay.ts";
import type { ReplaySummary } from "../../src/cli/replay/summary.ts";
import { bootPlatform } from "../../scripts/local-platform/boot.ts";
import { setStateAside } from "../../scripts/local-platform/wipe-state.ts";
import { dropDeployment, keepDeployment } from "../../scripts/services/deployment.ts";

const stateFolders = { embedded: ".local/replay", services: ".local/replay-services" };
/** Any free one: nobody else has to find this instance. */
const port = 0;
const log = (line: string): void => console.error(line);

export type OwnReplay = {
  options: ReplayOptions;
  /** Whether the instance runs on the services of this machine. */
  isOnServices: boolean;
  signal: AbortSignal;
};

/**
 * Replays into an instance that is booted empty for it and stopped at the end, and waits for its
 * database.
 */
export async function replayIntoOwnInstance({
  options,
  isOnServices,
  signal,
}: OwnReplay): Promise<{ summary: ReplaySummary; lines: string[]; isDrained: boolean }> {
  const stateFolder = stateFolders[isOnServices ? "services" : "embedded"];
  const deleteStateBefore = await setStateAside(stateFolder);
  if (isOnServices) await dropDeployment(stateFolder, log);
  const deployment = isOnServices ? await keepDeployment(stateFolder, log) : null;
  const vars = { ...deployment?.vars, ENFORCE_PLATFORM_LIMITS: "false" };
  const platform = await bootPlatform({ stateFolder, port, log, ...deployment, vars });
  try {
    const instance = { origin: platform.origin, key: platform.adminKey };
    const { concurrency } = options;
    const summary = await runReplay(options, instance, signal);
    const client = connectClient({ ...instance, connections: concurrency, signal });
    const decisions = summary.comparedDecisions;
    const progress = startProgress("drain", "decisions", decisions.length);
    const onDecision = (): void => progress.advance(1);
    const drain = await waitUntilDrained(client, decisions, { concurrency, onDecision });
    progress.finish();
    await client.close();
    return { summary, lines: describeDrain(drain), isDrained: drain.behind.length === 0 };
  } finally {
    await platform.stop();
    deleteStateBefore();
  }
}

function describeDrain({ ballots, behind, behindUntilMs }: DrainReport): string[] {
  const after = `${formatDuration(behindUntilMs)} after the replay`;
  if (behind.length === 0) {
    return [`database    ${formatProgressCount(ballots)} ballots, complete ${after}`];
  }
  const first = behind[0] ?? "";
  return [
    `database    behind in ${formatProgressCount(behind.length)} decisions ${after}, first ${first}`,
  ];
}
