import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../scripts/local-platform/project.ts";
import { freePort } from "../hostile/free-port.ts";
import { cpuSecondsOf } from "../hostile/process-cost.ts";
import { openOurs, ourWays } from "../peers/our-contenders.ts";
import type { Contender } from "../peers/contender.ts";
import { startLoadGenerator } from "../votes/load/load-generator.ts";
import type { LoadResult } from "../votes/load/load-job.ts";
import { startPlatformUnderTest } from "../votes/platform-under-test.ts";
import type { BenchSettings } from "../votes/settings.ts";
import { cpuProfileSchema, toFlameTree } from "./cpu-profile.ts";
import { flameGraph } from "./flame-graph.ts";
import { openInspector, type InspectorSession } from "./inspector-session.ts";
import { sourceNames } from "./source-names.ts";

export interface ProfileOptions {
  settings: BenchSettings;
  /** A part of the names of those that are profiled; all have it by default. */
  only: string;
  stateFolder: string;
  log: (line: string) => void;
}

/** What a vote costs by a way of ours, until it is in the database; all in µs of processor time. */
export interface WayProfile {
  name: string;
  svgFile: string;
  /** Of the process, sampling included. */
  processorUs: number;
  /** Of it, JavaScript and what it calls, SQLite too. */
  javaScriptUs: number;
  /** Of it, freeing memory on the isolate's thread. */
  collectionUs: number;
  allocatedBytes: number;
}

export const workerName = "enviro-governance";
const samplingUs = 250;
/** One allocation is looked at for so many bytes. */
const allocationBytes = 65_536;

const allocationsSchema = z.object({
  profile: z.object({ samples: z.array(z.object({ size: z.number() })) }),
});

/** Each way of ours twice: under V8's profiler, whose flame graph is kept, and counting what it allocates. */
export async function runProfiles(options: ProfileOptions): Promise<WayProfile[]> {
  const { settings, only, stateFolder, log } = options;
  const folder = join(projectRoot, ".local/profiles");
  mkdirSync(folder, { recursive: true });
  const inspectorPort = await freePort();
  const load = startLoadGenerator();
  const platform = await startPlatformUnderTest(stateFolder, log, {}, { inspectorPort });
  const inspector = await openInspector(inspectorPort, workerName);
  const nameOf = sourceNames(join(projectRoot, "dist/worker/index.js.map"));
  const vote = async (way: Contender): Promise<LoadResult> => {
    const { warmUpMs, roundMs: measureMs } = settings;
    const requests = Math.ceil((way.requestsPerSecondMax * (warmUpMs + measureMs)) / 1_000);
    const pace = { kind: "closed", connections: way.inFlight.closed } as const;
    const timed = { warmUpMs, measureMs, pace };
    const job = { origin: way.origin(), way: way.way, plan: way.plan(requests), ...timed };
    const result = await load.run(job);
    if (result.firstFailure !== null) throw new Error(`${way.name}: ${result.firstFailure}`);
    await way.settle(result.acknowledgedVotes);
    return result;
  };
  try {
    const profiles: WayProfile[] = [];
    for (const way of ourWays.filter(({ name }) => name.includes(only))) {
      const contender = await openOurs(platform, way, 1);
      log(`warming up: ${contender.name}`);
      await vote(contender);
      log(`profiling: ${contender.name}`);
      const secondsBefore = cpuSecondsOf(platform.runtimePid);
      const { profile, votes } = await profileCpu(inspector, () => vote(contender));
      const processorUs = ((cpuSecondsOf(platform.runtimePid) - secondsBefore) * 1e6) / votes;
      const tree = toFlameTree(profile, nameOf, samplingUs);
      const collected = tree.children.find(({ name }) => name === "(garbage collector)");
      const collectionUs = (collected?.totalUs ?? 0) / votes;
      const svgFile = join(folder, `${way.slug}.svg`);
      const each = (tree.totalUs / votes).toFixed(1);
      writeFileSync(
        svgFile,
        flameGraph(tree, `${contender.name}: ${votes} votes, ${each} µs each`),
      );
      writeFileSync(join(folder, `${way.slug}.cpuprofile`), JSON.stringify(profile));
      profiles.push({
        name: contender.name,
        svgFile,
        processorUs,
        javaScriptUs: tree.totalUs / votes - collectionUs,
        collectionUs,
        allocatedBytes: await measureAllocations(inspector, () => vote(contender)),
      });
    }
    return profiles;
  } finally {
    inspector.close();
    await platform.stop();
    await load.stop();
  }
}

async function profileCpu(inspector: InspectorSession, work: () => Promise<LoadResult>) {
  await inspector.call("Profiler.enable");
  await inspector.call("Profiler.setSamplingInterval", { interval: samplingUs });
  await inspector.call("Profiler.start");
  const { acknowledgedVotes } = await work();
  const { profile } = z
    .object({ profile: cpuProfileSchema })
    .parse(await inspector.call("Profiler.stop"));
  await inspector.call("Profiler.disable");
  return { profile, votes: acknowledgedVotes };
}

async function measureAllocations(
  inspector: InspectorSession,
  work: () => Promise<LoadResult>,
): Promise<number> {
  await inspector.call("HeapProfiler.enable");
  await inspector.call("HeapProfiler.startSampling", {
    samplingInterval: allocationBytes,
    // What is dead already was allocated, too.
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  const { acknowledgedVotes } = await work();
  const answer = allocationsSchema.parse(await inspector.call("HeapProfiler.stopSampling"));
  await inspector.call("HeapProfiler.disable");
  const bytes = answer.profile.samples.reduce((sum, { size }) => sum + size, 0);
  return bytes / acknowledgedVotes;
}
