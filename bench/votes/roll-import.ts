import { setTimeout as sleep } from "node:timers/promises";
import { draftDecision, openDraft } from "../../src/cli/api/decisions.ts";
import { uploadRoll } from "../../src/cli/api/upload-roll.ts";
import { findProcess } from "../../scripts/local-platform/running-process.ts";
import { startPlatformUnderTest } from "./platform-under-test.ts";

const slug = "bench-roll";
const regionCodes = Array.from({ length: 27 }, (_, index) => `region-${index}`);
const portionRows = 1_000;
const memoryPollMs = 50;

export type RollBench = {
  voters: number;
  shards: number;
  bytes: number;
  importMs: number;
  rowsPerSecond: number;
  openMs: number;
  residentBefore: number;
  residentPeak: number;
};

/**
 * Imports a roll of so many voters in 27 regions and opens its decision. All shards and the Worker
 * share one thread here; on the platform each has its own.
 */
export async function benchRollImport(options: {
  voters: number;
  shards: number;
  stateFolder: string;
  log: (line: string) => void;
}): Promise<RollBench> {
  const { voters, shards, stateFolder, log } = options;
  const platform = await startPlatformUnderTest(stateFolder, log);
  const memory = watchMemory(platform.runtimePid);
  try {
    const { client } = platform;
    const regions = regionCodes.map((code) => ({ code, name: code }));
    const title = "Bench of the roll";
    const end = { ends_early: "by_organiser" } as const;
    const draft = {
      slug,
      title,
      description: "",
      regions,
      weight_max: 1,
      shards,
      ...end,
    };
    const { id: decisionId } = await draftDecision(client, { ...draft, electorate: "roll" });
    const file = new Blob([...csvPortions(voters)], { type: "text/csv" });
    const startedAt = performance.now();
    const answer = await uploadRoll(client, {
      decisionId,
      file,
      onProgress: ({ rows }) => log(`${rows} rows`),
    });
    const importMs = performance.now() - startedAt;
    if (answer.roll.voters !== voters) throw new Error(`${answer.roll.voters} voters were loaded`);
    const openingAt = performance.now();
    await openDraft(client, decisionId);
    const openMs = performance.now() - openingAt;
    const rowsPerSecond = (voters * 1_000) / importMs;
    return {
      voters,
      shards,
      bytes: file.size,
      importMs,
      rowsPerSecond,
      openMs,
      ...memory.figures(),
    };
  } finally {
    memory.stop();
    await platform.stop();
  }
}

function* csvPortions(voters: number): Generator<string> {
  let text = "voter_id,region,weight\n";
  for (let voter = 0; voter < voters; voter += 1) {
    const region = regionCodes[voter % regionCodes.length];
    text += `member-${String(voter).padStart(8, "0")}@example.org,${region},${(voter % 5) + 1}\n`;
    if (voter % portionRows !== portionRows - 1 && voter !== voters - 1) continue;
    yield text;
    text = "";
  }
}

function watchMemory(pid: number) {
  const resident = (): number => findProcess(pid)?.residentBytes ?? 0;
  const residentBefore = resident();
  let residentPeak = residentBefore;
  const stopped = new AbortController();
  const watch = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      residentPeak = Math.max(residentPeak, resident());
      await sleep(memoryPollMs);
    }
  };
  void watch();
  return { figures: () => ({ residentBefore, residentPeak }), stop: () => stopped.abort() };
}
