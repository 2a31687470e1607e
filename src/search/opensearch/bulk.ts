import { z } from "zod";
import { limits } from "../../shared/limits.ts";
import { utf8Bytes } from "../../shared/utf8-bytes.ts";
import { ask, isErrorType, unavailable, type EngineClient } from "./engine-client.ts";
import { writeAliasOf } from "./index-names.ts";

/** A document on its way into an index, where an older version never replaces a newer. */
export interface BulkDocument {
  /** What it is a part of, where it is refused. */
  key: string;
  index: string;
  name: string;
  version: number;
  source: object;
}

/** What an index refuses by itself, whenever it is tried. */
export interface RefusedDocument {
  key: string;
  index: string;
  cause: string;
}

const bulkSchema = z.object({
  items: z.array(
    z.object({
      index: z.object({
        status: z.int(),
        error: z.object({ type: z.string() }).optional(),
      }),
    }),
  ),
});

/**
 * Writes documents in portions by bytes, and says which the engine refuses by themselves.
 * @throws {SearchUnavailable} some are not in the index and have to be written again
 */
export async function writeBulk(
  client: EngineClient,
  documents: readonly BulkDocument[],
): Promise<RefusedDocument[]> {
  const refused: RefusedDocument[] = [];
  for (const portion of portionsOf(documents)) {
    const body = portion.map(({ lines }) => lines).join("");
    const { items } = await ask(
      client,
      // A write to an alias that is gone is refused, and makes no index of a form of its own.
      { method: "POST", path: "/_bulk?require_alias=true", body, msMax: limits.searchWriteMsMax },
      bulkSchema,
    );
    if (items.length !== portion.length) throw unavailable("the search engine left out items");
    for (const [index, { index: item }] of items.entries()) {
      const written = portion[index]?.document;
      const refusal = written === undefined ? null : refusalOf(written, item);
      if (refusal !== null) refused.push(refusal);
    }
  }
  return refused;
}

/** @throws {SearchUnavailable} the engine can't take it now */
function refusalOf(
  { key, index }: BulkDocument,
  { status, error }: z.output<typeof bulkSchema>["items"][number]["index"],
): RefusedDocument | null {
  // 409: what is there is newer.
  if (status < 300 || status === 409) return null;
  const type = error !== undefined && isErrorType(error.type) ? error.type : "error";
  const cause = `${status} ${type}`;
  if (isForLater(status, type)) throw unavailable(`the search engine takes nothing: ${cause}`);
  return { key, index, cause };
}

/** A full disk blocks an index (403, since 7.8 429); one that is deleted has no alias (404). */
function isForLater(status: number, type: string): boolean {
  return (
    status === 401 ||
    status === 403 ||
    status === 404 ||
    status === 429 ||
    status >= 500 ||
    type === "cluster_block_exception"
  );
}

function* portionsOf(documents: readonly BulkDocument[]) {
  let portion: { document: BulkDocument; lines: string }[] = [];
  let bytes = 0;
  for (const document of documents) {
    const lines = linesOf(document);
    const more = utf8Bytes(lines);
    if (portion.length > 0 && bytes + more > limits.searchBulkBytesMax) {
      yield portion;
      portion = [];
      bytes = 0;
    }
    portion.push({ document, lines });
    bytes += more;
  }
  if (portion.length > 0) yield portion;
}

function linesOf({ index, name, version, source }: BulkDocument): string {
  const action = { _index: writeAliasOf(index), _id: name, version, version_type: "external_gte" };
  return `${JSON.stringify({ index: action })}\n${JSON.stringify(source)}\n`;
}
