import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { LoadGenerator } from "./load/load-generator.ts";
import type { LoadResult } from "./load/load-job.ts";
import { closedLoopConnections, type BenchSettings } from "./settings.ts";

/**
 * How fast the generator is when the other side answers at once: the rates it measures have to be
 * well below.
 */
export async function measureGenerator(
  load: LoadGenerator,
  settings: BenchSettings,
): Promise<LoadResult> {
  const server = new Worker(new URL("instant-server.ts", import.meta.url));
  const [port] = await once(server, "message");
  const result = await load.run({
    origin: `http://127.0.0.1:${port}`,
    plan: { kind: "echo" },
    pace: { kind: "closed", connections: closedLoopConnections },
    warmUpMs: settings.warmUpMs,
    measureMs: settings.echoMs,
  });
  await server.terminate();
  return result;
}
