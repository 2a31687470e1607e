import { z } from "zod";

const indexesSchema = z.record(z.string(), z.unknown());

/** Removes the indexes of a deployment, whose name no other one's begins with. */
export async function dropSearchIndexes(url: string, deployment: string): Promise<void> {
  const answer = await fetch(`${url}/${deployment}-*/_alias`);
  if (!answer.ok) throw new Error(`the search engine answered ${answer.status}`);
  for (const index of Object.keys(indexesSchema.parse(await answer.json()))) {
    const removed = await fetch(`${url}/${index}`, { method: "DELETE" });
    if (!removed.ok) throw new Error(`the index ${index} was not removed: ${removed.status}`);
  }
}
