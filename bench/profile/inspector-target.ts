import { z } from "zod";

const targetsSchema = z.array(z.object({ id: z.string(), webSocketDebuggerUrl: z.string() }));

/** Where the inspector of a Worker's isolate is reached, all objects of the Worker in it. */
export async function inspectorTarget(inspectorPort: number, workerName: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${inspectorPort}/json`);
  const targets = targetsSchema.parse(await answer.json());
  const target = targets.find(({ id }) => id === `core:user:${workerName}` || id === workerName);
  if (target === undefined)
    throw new Error(`the inspector has ${targets.map(({ id }) => id).join(", ")} alone`);
  return target.webSocketDebuggerUrl;
}
