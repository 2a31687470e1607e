import type { Client } from "../../client/client.ts";
import { ApiError } from "../../client/client-errors.ts";
import { listRecordedIds } from "../api/decisions.ts";

/**
 * Begins the rebuild of these decisions, or of every one that the record knows, one after the
 * other; prints a line for each, and tells whether all were begun.
 * @throws {ApiError} the key may not do it
 * @throws {NoAnswer} the instance is away; what was not begun is named before
 */
export async function rebuildDecisions(
  client: Client,
  decisions: readonly string[] | null,
): Promise<boolean> {
  const ids = decisions ?? (await readRecordedIds(client));
  const refused: string[] = [];
  for (const [index, decisionId] of ids.entries()) {
    const line = `${index + 1}/${ids.length}  ${decisionId}`;
    try {
      await client.call("POST /api/v1/decisions/{decisionId}/rebuild", { path: { decisionId } });
      console.log(`${line}  begun`);
    } catch (error) {
      if (!isRefusalOfOne(error)) {
        printNotBegun([...refused, ...ids.slice(index)]);
        throw error;
      }
      refused.push(decisionId);
      console.log(`${line}  failed: ${error.message}`);
    }
  }
  if (ids.length === 0) console.log("the record knows no decision");
  if (refused.length > 0) printNotBegun(refused);
  return refused.length === 0;
}

/** All of them first, so that each line can say how far it is. */
async function readRecordedIds(client: Client): Promise<string[]> {
  const ids: string[] = [];
  for await (const id of listRecordedIds(client)) ids.push(id);
  return ids;
}

/** A refused key is refused for every decision: there is no use in going on. */
function isRefusalOfOne(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status !== 401 && error.status !== 403;
}

function printNotBegun(ids: readonly string[]): void {
  console.error(["not known to be begun:", ...ids.map((id) => `  ${id}`)].join("\n"));
}
