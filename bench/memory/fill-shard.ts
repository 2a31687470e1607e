import { z } from "zod";
import { freePort } from "../hostile/free-port.ts";
import { residentBytesOf } from "../hostile/process-cost.ts";
import { openInspector, type InspectorSession } from "../profile/inspector-session.ts";
import { workerName } from "../profile/run-profiles.ts";
import { startLoadGenerator } from "../votes/load/load-generator.ts";
import { startPlatformUnderTest } from "../votes/platform-under-test.ts";
import { fillConnections, fillVotesEach } from "../votes/settings.ts";

export interface FillOptions {
  voters: number;
  stateFolder: string;
  log: (line: string) => void;
}

/** What the Worker's isolate holds, all objects of it together, and its process; in bytes. */
export interface MemoryRow {
  /** Voters in the shard. */
  voters: number;
  /** Of JavaScript's objects, after a collection. */
  heapBytes: number;
  /** Of typed arrays and other buffers beside the heap. */
  bufferBytes: number;
  /** Of the whole process, all isolates, SQLite's pages and garbage too. */
  residentBytes: number;
}

/** Votes of one job of the load generator, which prepares them all before it sends. */
const portionVotes = 100_000;
/** A portion takes 20 s on a machine that others use. */
const portionMsMax = 600_000;

const usageSchema = z.object({
  usedSize: z.number(),
  backingStorageSize: z.number().default(0),
});

/**
 * Fills the only shard of a decision with voters, over HTTP, and looks at the heap by V8's inspector
 * after each portion, once the database has it: the first row is that of one voter.
 */
export async function fillShard({ voters, stateFolder, log }: FillOptions): Promise<MemoryRow[]> {
  const inspectorPort = await freePort();
  const load = startLoadGenerator();
  const platform = await startPlatformUnderTest(stateFolder, log, {}, { inspectorPort });
  const inspector = await openInspector(inspectorPort, workerName);
  const vote = async (decisionId: string, requests: number, votesEach: number): Promise<number> => {
    const plan = platform.batchesPlan(decisionId, requests, votesEach);
    const pace = { kind: "closed", connections: fillConnections } as const;
    const timed = { warmUpMs: 0, measureMs: portionMsMax };
    const result = await load.run({ origin: platform.origin, plan, pace, ...timed });
    if (result.firstFailure !== null) throw new Error(result.firstFailure);
    await platform.stored(decisionId, result.acknowledgedVotes);
    return result.acknowledgedVotes;
  };
  const look = async (held: number): Promise<MemoryRow> => ({
    voters: held,
    ...(await measureHeap(inspector)),
    residentBytes: residentBytesOf(platform.runtimePid),
  });
  try {
    const decisionId = await platform.openDecision("bench-memory", 1);
    const rows = [await look(await vote(decisionId, 1, 1))];
    for (let held = 1; held < voters;) {
      const votes = Math.min(portionVotes, voters - held + fillVotesEach);
      held += await vote(decisionId, Math.floor(votes / fillVotesEach), fillVotesEach);
      const row = await look(held);
      log(`${held} of ${voters} voters: ${row.heapBytes} bytes of heap, ${row.bufferBytes} beside`);
      rows.push(row);
    }
    return rows;
  } finally {
    inspector.close();
    await platform.stop();
    await load.stop();
  }
}

async function measureHeap(
  inspector: InspectorSession,
): Promise<Pick<MemoryRow, "heapBytes" | "bufferBytes">> {
  await inspector.call("HeapProfiler.collectGarbage");
  const usage = usageSchema.parse(await inspector.call("Runtime.getHeapUsage"));
  return { heapBytes: usage.usedSize, bufferBytes: usage.backingStorageSize };
}
