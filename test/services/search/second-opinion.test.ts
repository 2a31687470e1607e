import { Client as ElasticsearchClient } from "@elastic/elasticsearch";
import { Client as OpenSearchClient } from "@opensearch-project/opensearch";
import { afterEach, describe, expect, it } from "vitest";
import { emptyEngine, type EmptyEngine } from "../../support/search/empty-engine.ts";
import { november, sampleBallot, titled } from "../../support/search/samples.ts";
import { services } from "../../support/services/services.ts";

/** What an official client of an engine reads of an index. */
interface SecondOpinion {
  count(index: string, query: object): Promise<number>;
  source(index: string, name: string): Promise<unknown>;
  /** Settings and mappings by name of the index. */
  forms(index: string): Promise<Record<string, { settings: object; mappings: object }>>;
}

interface AnyClient {
  count(parameters: object): Promise<{ body: unknown }>;
  get(parameters: object): Promise<{ body: unknown }>;
  indices: { get(parameters: object): Promise<{ body: unknown }> };
}

function opinionOf(client: AnyClient): SecondOpinion {
  return {
    count: async (index, query) =>
      ((await client.count({ index, body: { query } })).body as { count: number }).count,
    source: async (index, name) =>
      ((await client.get({ index, id: name })).body as { _source: unknown })["_source"],
    forms: async (index) =>
      (await client.indices.get({ index })).body as Awaited<ReturnType<SecondOpinion["forms"]>>,
  };
}

const clients = {
  opensearch: (node: string) => opinionOf(new OpenSearchClient({ node })),
  elasticsearch: (node: string) =>
    opinionOf(new ElasticsearchClient({ node }) as unknown as AnyClient),
};

describe.each(["opensearch", "elasticsearch"] as const)("the official client of %s", (name) => {
  let engine: EmptyEngine | null = null;
  afterEach(() => engine?.remove());

  const connect = async () => {
    const { url } = await services[name].address();
    engine = emptyEngine(url);
    const { index, settle, settings } = engine;
    return { index, settle, prefix: settings.prefix, opinion: clients[name](url) };
  };

  it("reads what was indexed", async () => {
    const { index, settle, prefix, opinion } = await connect();
    await index.indexDecisions([titled("one", "Mangroves"), titled("two", "Forests")]);
    const [yes, no, hidden] = [
      sampleBallot({ choice: "yes", region: "KE", weight: 3 }),
      sampleBallot({ choice: "no", region: "KE" }),
      sampleBallot({ choice: "yes", weight: null, at: Date.UTC(2026, 5, 30) }),
    ];
    await index.indexBallots([{ decisionId: "one", page: 1, ballots: [yes, no, hidden] }]);
    await settle();

    expect(await opinion.count(`${prefix}-decisions`, { match: { "title.en": "mangrove" } })).toBe(
      1,
    );
    expect(await opinion.count(`${prefix}-ballots`, { term: { vote_type: "yes" } })).toBe(2);
    expect(await opinion.count(`${prefix}-ballots`, { term: { region: "KE" } })).toBe(2);
    expect(await opinion.source(`${prefix}-ballots-2026q4-g1`, yes.hash)).toEqual({
      decision_id: "one",
      vote_type: "yes",
      region: "KE",
      timestamp: november,
      weight: 3,
    });
    expect(await opinion.source(`${prefix}-ballots-2026q2-g1`, hidden.hash)).toMatchObject({
      region: null,
      weight: null,
    });
  });

  it("finds the settings and the mapping of ballots as they are specified", async () => {
    const { index, prefix, opinion } = await connect();
    await index.indexBallots([{ decisionId: "one", page: 1, ballots: [sampleBallot()] }]);
    const forms = await opinion.forms(`${prefix}-ballots`);
    expect(Object.keys(forms)).toEqual([`${prefix}-ballots-2026q4-g1`]);
    const [{ settings, mappings } = { settings: {}, mappings: {} }] = Object.values(forms);
    expect(settings).toMatchObject({
      index: {
        number_of_shards: "5",
        number_of_replicas: "0",
        refresh_interval: "30s",
        codec: "best_compression",
      },
    });
    expect(mappings).toMatchObject({
      dynamic: "strict",
      properties: {
        decision_id: { type: "keyword" },
        vote_type: { type: "keyword", eager_global_ordinals: true },
        region: { type: "keyword" },
        timestamp: { type: "date", format: "epoch_millis" },
        weight: { type: "long" },
      },
    });
  });

  it("counts each ballot once, however often and in whatever order its page comes", async () => {
    const { index, settle, prefix, opinion } = await connect();
    const pages = [1, 2, 3].map((page) => ({
      decisionId: "one",
      page,
      ballots: [sampleBallot({ region: "KE" }), sampleBallot({ region: "FR" })],
    }));
    await index.indexBallots(pages);
    await Promise.all(pages.toReversed().map((page) => index.indexBallots([page])));
    await settle();
    expect(await opinion.count(`${prefix}-ballots`, { match_all: {} })).toBe(6);
  });
});
