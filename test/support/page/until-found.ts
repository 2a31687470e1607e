import { inject } from "vitest";
import { createClient } from "../../../src/client/client.ts";
import type { Ask } from "../../../src/client/routes.ts";
import { eventually } from "../worker/eventually.ts";

const client = createClient({ origin: inject("origin") });

/** Returns once a search finds so many decisions: the index follows the record. */
export async function untilFound(
  query: NonNullable<Ask<"GET /api/v1/search/decisions">["query"]>,
  total: number,
): Promise<void> {
  await eventually(`${total} found by ${JSON.stringify(query)}`, async () => {
    const found = await client.call("GET /api/v1/search/decisions", { query });
    return found.total === total ? true : null;
  });
}
