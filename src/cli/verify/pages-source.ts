import type { Client } from "../../client/client.ts";
import { pagesOf } from "../../client/pages.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import type { ListName } from "../../verification/finding.ts";
import type { PublicationSource } from "../../verification/publication-source.ts";

const utf8 = new TextEncoder();
const listRoutes = {
  counted: "GET /api/v1/decisions/{decisionId}/votes",
  others: "GET /api/v1/decisions/{decisionId}/votes/others",
} as const;

/**
 * Reads a publication page by page with an auditor's client, which repeats what fails: of many small
 * decisions exports would be refused as too many. What is read is written again in the form of an
 * export, so spaces that a page might have are not seen.
 */
export function pagesSource(client: Client, decisionId: string): PublicationSource {
  const path = { decisionId };
  return {
    async readDocument(name) {
      const read = {
        outcome: () => client.call("GET /api/v1/decisions/{decisionId}/outcome", { path }),
        manifest: () => client.call("GET /api/v1/decisions/{decisionId}/manifest", { path }),
        keys: () => client.call("GET /.well-known/enviro-governance/keys", {}),
      }[name];
      // The manifest is hashed in this form, and the outcome signed in it.
      return utf8.encode(canonicalJson(await read()));
    },
    openList: async (list) => {
      const pages = exportOf(client, decisionId, list);
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { done, value } = await pages.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
        async cancel() {
          await pages.return();
        },
      });
    },
  };
}

async function* exportOf(
  client: Client,
  decisionId: string,
  list: ListName,
): AsyncGenerator<Uint8Array, void> {
  const pages = pagesOf(async (page: number | undefined) => {
    const query = { page: page ?? 1 };
    // The rows are looked at byte by byte where they are read.
    return (await client.call(listRoutes[list], { path: { decisionId }, query })) as {
      next: number | null;
      items: unknown[];
    };
  });
  for await (const { items } of pages)
    if (items.length > 0)
      yield utf8.encode(items.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
