import { createApiClient } from "../client/api-client.ts";
import { waitUntilDrained } from "../client/wait-until-drained.ts";
import { formatCount, formatDuration } from "../command-line/progress-line.ts";
import { startProgress } from "../command-line/progress.ts";
import { bootPlatform } from "../../../scripts/local-platform/boot.ts";
import { setStateAside } from "../../../scripts/local-platform/wipe-state.ts";
import { dropDeployment, keepDeployment } from "../../../scripts/services/deployment.ts";
import type { ReplayOptions } from "./options.ts";
import { runReplay } from "./run-replay.ts";
import type { ReplaySummary } from "./summary.ts";

const stateFolders = { embedded: ".local/replay", services: ".local/replay-services" };
/** Any free one: nobody else has to find this instance. */
const port = 0;
const log = (line: string): void => console.error(line);

/** Replays into an instance that is booted empty for it and stopped at the end, and waits for its database. */
export async function replayIntoOwnInstance(
  options: ReplayOptions,
  signal: AbortSignal,
): Promise<{ summary: ReplaySummary; lines: string[]; isDrained: boolean }> {
  const stateFolder = stateFolders[options.isOnServices ? "services" : "embedded"];
  const deleteStateBefore = await setStateAside(stateFolder);
  if (options.isOnServices) await dropDeployment(stateFolder, log);
  const deployment = options.isOnServices ? await keepDeployment(stateFolder, log) : null;
  const platform = await bootPlatform({ stateFolder, port, log, ...deployment });
  try {
    const instance = { origin: platform.origin, key: platform.adminKey };
    const summary = await runReplay(options, instance, signal);
    const client = createApiClient({ ...instance, connections: options.concurrency, signal });
    const decisions = summary.comparedDecisions;
    const progress = startProgress("drain", "decisions", decisions.length);
    const drain = await waitUntilDrained(client, decisions, options.concurrency, () =>
      progress.advance(1),
    );
    progress.finish();
    await client.close();
    return { summary, lines: describeDrain(drain), isDrained: drain.behind.length === 0 };
  } finally {
    await platform.stop();
    deleteStateBefore();
  }
}

function describeDrain(drain: Awaited<ReturnType<typeof waitUntilDrained>>): string[] {
  const after = formatDuration(drain.behindUntilMs);
  if (drain.behind.length === 0)
    return [
      `database    ${formatCount(drain.ballots)} ballots, complete ${after} after the replay`,
    ];
  return [
    `database    behind in ${formatCount(drain.behind.length)} decisions ${after} after the replay, first ${drain.behind[0] ?? ""}`,
  ];
}
