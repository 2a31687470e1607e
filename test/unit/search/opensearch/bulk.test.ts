import { describe, expect, it } from "vitest";
import { writeBulk, type BulkDocument } from "../../../../src/search/opensearch/bulk.ts";
import type { EngineClient } from "../../../../src/search/opensearch/engine-client.ts";
import { SearchUnavailable } from "../../../../src/search/search.ts";
import { limits } from "../../../../src/shared/limits.ts";

type Item = { status: number; error?: { type: string } };

/** An engine that answers 200 to each portion, and of its documents what is given, in turn. */
function answering(items: readonly Item[]): { client: EngineClient; portions: string[] } {
  const portions: string[] = [];
  const left = [...items];
  return {
    portions,
    client: ({ body }) => {
      const text = typeof body === "string" ? body : "";
      const lines = text.trimEnd().split("\n");
      portions.push(text);
      const index = left.splice(0, lines.length / 2);
      return Promise.resolve({
        status: 200,
        body: { errors: true, items: index.map((item) => ({ index: item })) },
      });
    },
  };
}

function documentOf(key: string, text = ""): BulkDocument {
  return { key, index: "votes-g1", name: key, version: 3, source: { text } };
}

describe("a portion of documents", () => {
  it("is done where it was written, or something newer is there", async () => {
    const { client, portions } = answering([{ status: 201 }, { status: 200 }, { status: 409 }]);
    expect(
      await writeBulk(
        client,
        ["a", "b", "c"].map((key) => documentOf(key)),
      ),
    ).toEqual([]);
    expect(portions).toHaveLength(1);
    const [action] = portions[0]?.split("\n") ?? [];
    expect(JSON.parse(action ?? "")).toEqual({
      index: { _index: "votes-g1-write", _id: "a", version: 3, version_type: "external_gte" },
    });
  });

  it.each([
    [429, "es_rejected_execution_exception"],
    [503, "unavailable_shards_exception"],
    [403, "cluster_block_exception"],
    [429, "cluster_block_exception"],
    [404, "index_not_found_exception"],
    [400, "cluster_block_exception"],
  ])("has to come again where one of it is refused with %i %s", async (status, type) => {
    const { client } = answering([{ status: 201 }, { status, error: { type } }]);
    const work = writeBulk(client, [documentOf("a"), documentOf("b")]);
    await expect(work).rejects.toBeInstanceOf(SearchUnavailable);
  });

  it("names what is refused by itself, and quotes nothing of it", async () => {
    const { client } = answering([
      { status: 400, error: { type: "mapper_parsing_exception" } },
      { status: 201 },
      { status: 413, error: { type: "a secret of ana's" } },
    ]);
    const refused = await writeBulk(
      client,
      ["a", "b", "c"].map((key) => documentOf(key)),
    );
    expect(refused).toEqual([
      { key: "a", index: "votes-g1", cause: "400 mapper_parsing_exception" },
      { key: "c", index: "votes-g1", cause: "413 error" },
    ]);
  });

  it("has to come again where the engine says less than was asked", async () => {
    const { client } = answering([{ status: 201 }]);
    const work = writeBulk(client, [documentOf("a"), documentOf("b")]);
    await expect(work).rejects.toBeInstanceOf(SearchUnavailable);
  });

  it("is as large as one request may be, and one document is never split", async () => {
    const half = "ö".repeat(limits.searchBulkBytesMax / 4);
    const { client, portions } = answering(Array.from({ length: 4 }, () => ({ status: 201 })));
    await writeBulk(client, [
      documentOf("a"),
      documentOf("b", half),
      documentOf("c", half),
      documentOf("d", half + half + half),
    ]);
    const keys = portions.map((portion) =>
      [...portion.matchAll(/"_id":"(.)"/g)].map(([, id]) => id),
    );
    expect(keys).toEqual([["a", "b"], ["c"], ["d"]]);
  });
});
