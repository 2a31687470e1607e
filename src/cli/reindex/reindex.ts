import type { Client } from "../../client/client.ts";
import type { Answer } from "../../client/routes.ts";
import { ApiError } from "../../client/client-errors.ts";

/** What was brought into the index. */
interface Reindexed {
  decisions: number;
  ballots: number;
  refused: string[];
}

/**
 * Fills the search index again from the record: with these decisions, or with all, into a new index
 * beside the old; prints how far it is, and tells whether everything is in it.
 * @throws {ApiError} the key may not do it, or there is no search
 * @throws {NoAnswer} the instance is away; the index that is searched is as it was
 */
export async function reindex(
  client: Client,
  decisions: readonly string[] | null,
): Promise<boolean> {
  const total: Reindexed = { decisions: 0, ballots: 0, refused: [] };
  let areAllDone = true;
  for (const decisionId of decisions ?? [null]) {
    try {
      await reindexFrom(client, decisionId, total);
    } catch (error) {
      if (decisionId === null || !isRefusalOfOne(error)) throw error;
      areAllDone = false;
      console.error(`${decisionId}: ${error.message}`);
    }
  }
  const { refused } = total;
  if (refused.length > 0)
    console.error(["not in the index:", ...refused.map((key) => `  ${key}`)].join("\n"));
  return areAllDone && refused.length === 0;
}

async function reindexFrom(
  client: Client,
  decisionId: string | null,
  total: Reindexed,
): Promise<void> {
  const of = decisionId === null ? {} : { decision_id: decisionId };
  for (let after: string | null = null; ;) {
    const body: { decision_id?: string; after?: string } = {
      ...of,
      ...(after !== null && { after }),
    };
    const portion: Answer<"POST /api/v1/search/reindex"> = await client.call(
      "POST /api/v1/search/reindex",
      { body },
    );
    total.decisions += portion.decisions;
    total.ballots += portion.ballots;
    total.refused.push(...portion.refused);
    const prefix = decisionId === null ? "" : `${decisionId}  `;
    const state = portion.done ? "  done" : "";
    console.log(`${prefix}${total.decisions} decisions, ${total.ballots} ballots${state}`);
    if (portion.next === null) return;
    after = portion.next;
  }
}

/** One that is not there keeps no other from being indexed. */
function isRefusalOfOne(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === "decision.not_found";
}
