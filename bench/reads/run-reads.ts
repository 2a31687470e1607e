import { loadavg } from "node:os";
import { compareContenders } from "../peers/compare.ts";
import { names, type Contender } from "../peers/contender.ts";
import { echoContender, type PeersOptions, type PeersReport } from "../peers/run-peers.ts";
import { runRounds } from "../peers/run-rounds.ts";
import { startEcho } from "../votes/echo-gauge.ts";
import { startLoadGenerator } from "../votes/load/load-generator.ts";
import { startPlatformUnderTest, type PlatformUnderTest } from "../votes/platform-under-test.ts";
import { closedLoopConnections, goals, openLoopConnections } from "../votes/settings.ts";

/** As many as the European Union has states. */
const regions = Array.from({ length: 27 }, (_, index) => ({
  code: `r${index}`,
  name: `Region ${index}`,
}));

/** Reads of results from the isolate's shared copy, in turn with the echo of the same runtime. */
export async function runReads(options: Omit<PeersOptions, "only">): Promise<PeersReport> {
  const { settings, rounds, stateFolder, log } = options;
  const [loadBefore = 0] = loadavg();
  const load = startLoadGenerator();
  const echo = await startEcho(log);
  const platform = await startPlatformUnderTest(stateFolder, log);
  try {
    const plain = await platform.openDecision("bench-reads", 1, { disclosure: "roll_call" });
    const wide = await platform.openDecision("bench-reads-regions", 1, {
      disclosure: "roll_call",
      regions,
    });
    const contenders = [
      echoContender(echo),
      await readsOf(platform, plain, { name: "results, 200", isKnown: false }),
      await readsOf(platform, plain, { name: "results, 304", isKnown: true }),
      await readsOf(platform, wide, { name: "results of 27 regions, 200", isKnown: false }),
      await readsOf(platform, wide, { name: "results of 27 regions, 304", isKnown: true }),
    ];
    const compared = await runRounds({ contenders, rounds, settings, load, log });
    const [loadAfter = 0] = loadavg();
    return { rows: compareContenders(compared), compared, loadAverages: [loadBefore, loadAfter] };
  } finally {
    await platform.stop();
    await echo.stop();
    await load.stop();
  }
}

async function readsOf(
  platform: PlatformUnderTest,
  decisionId: string,
  { name, isKnown }: { name: string; isKnown: boolean },
): Promise<Contender> {
  const path = `/api/v1/decisions/${decisionId}/results`;
  const answer = await fetch(new URL(path, platform.origin));
  await answer.arrayBuffer();
  const ifNoneMatch = isKnown ? answer.headers.get("etag") : null;
  return {
    name,
    against: [names.echo],
    aims: { of: { [names.echo]: goals.readsOfEcho } },
    way: "requests",
    inFlight: { closed: closedLoopConnections, open: openLoopConnections },
    // The same request again and again.
    requestsPerSecondMax: 1,
    origin: () => platform.origin,
    plan: () => ({ kind: "reads", path, ifNoneMatch }),
    pids: () => [platform.runtimePid],
    settle: () => Promise.resolve(),
    countStored: () => Promise.resolve(0),
  };
}
