import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { IndexRejected, SearchUnavailable, type SearchIndex } from "../../../src/search/search.ts";
import { openSearch } from "../../../src/search/opensearch/opensearch.ts";
import { emptyEngine, send, type EmptyEngine } from "../../support/search/empty-engine.ts";
import { asking, idsFound } from "../../support/search/find.ts";
import { sampleBallot, titled } from "../../support/search/samples.ts";
import { services } from "../../support/services/services.ts";

describe.each(["opensearch", "elasticsearch"] as const)("where %s has bad luck", (name) => {
  const service = services[name];
  const ballots = [sampleBallot({ region: "KE" }), sampleBallot({ choice: "no" })];
  const page = { decisionId: "one", page: 1, ballots };
  let engine: EmptyEngine;
  let index: SearchIndex;
  let prefix: string;
  let url: string;

  beforeEach(async () => {
    ({ url } = await service.address());
    engine = emptyEngine(url);
    ({ index } = engine);
    ({ prefix } = engine.settings);
    await index.indexDecisions([titled("one", "Mangroves")]);
    await index.indexBallots([page]);
    await index.noteIndexedTo(1_000);
  });

  afterEach(async () => {
    service.thaw();
    await service.start();
    await engine.remove();
  });

  const expectUnavailable = async (work: Promise<unknown>) => {
    await expect(work).rejects.toBeInstanceOf(SearchUnavailable);
  };
  const expectWhole = async () => {
    await engine.settle();
    expect(await idsFound(index, "mangroves")).toEqual(["one"]);
    expect((await index.statistics("one")).ballots.total).toEqual({ yes: 1, no: 1, abstain: 0 });
    expect((await index.health()).problems).toEqual([]);
  };
  const fillAgain = async () => {
    const round = await index.rebuild.begin();
    await index.indexDecisions([titled("one", "Mangroves")]);
    await index.indexBallots([page]);
    await index.rebuild.finish(round);
  };

  it("keeps what it has taken when it is killed, and says until then that it is away", async () => {
    await service.kill();
    await expectUnavailable(index.searchDecisions(asking()));
    await expectUnavailable(index.statistics(null));
    await expectUnavailable(index.indexedTo());
    await expectUnavailable(index.indexDecisions([titled("two", "Forests")]));
    await expectUnavailable(index.noteIndexedTo(2_000));
    expect((await index.health()).problems).toHaveLength(1);
    await service.start();
    await expectWhole();
    expect(await index.indexedTo()).toBe(1_000);
    await index.indexDecisions([titled("two", "Forests")]);
    await engine.settle();
    expect(await idsFound(index, null)).toEqual(["one", "two"]);
  });

  it("gives up on one that hangs", async () => {
    service.freeze();
    await expectUnavailable(index.searchDecisions(asking()));
    expect((await index.health()).problems).toHaveLength(1);
    service.thaw();
    await expectWhole();
  });

  it("asks to come again while the disk is full, and searches meanwhile", async () => {
    const block = (isBlocked: true | null) =>
      send(url, "PUT", `/${prefix}-*/_settings`, {
        "index.blocks.read_only_allow_delete": isBlocked,
      });
    await block(true);
    await expectUnavailable(index.indexDecisions([titled("two", "Forests")]));
    await expectUnavailable(index.indexBallots([page]));
    expect(await idsFound(index, "mangroves")).toEqual(["one"]);
    expect((await index.health()).problems).toContainEqual(
      `the index ${prefix}-decisions-g1 takes nothing, as where the disk is full`,
    );
    await block(null);
    await index.indexDecisions([titled("one", "Mangroves")]);
    await expectWhole();
  });

  it.each([
    ["decisions", () => `${prefix}-decisions-g1`],
    ["ballots", () => `${prefix}-ballots-2026q4-g1`],
  ])("misses an index of %s that somebody has deleted, until a rebuild", async (kind, named) => {
    await send(url, "DELETE", `/${named()}`);
    await expectUnavailable(index.statistics(null));
    await expectUnavailable(
      kind === "ballots"
        ? index.indexBallots([page])
        : index.indexDecisions([titled("one", "Mangroves")]),
    );
    expect((await index.health()).problems).toEqual([
      `the index ${named()} was deleted: \`enviro reindex\` fills it again`,
    ]);
    await fillAgain();
    await expectWhole();
  });

  it("finds an index that somebody has made anew otherwise, and rejects nothing for it", async () => {
    const changed = `${prefix}-decisions-g1`;
    await send(url, "DELETE", `/${changed}`);
    await send(url, "PUT", `/${changed}`, {
      mappings: { dynamic: "strict", properties: { id: { type: "text" } } },
      aliases: { [`${prefix}-decisions`]: {}, [`${changed}-write`]: {} },
    });
    await expectUnavailable(index.indexDecisions([titled("one", "Mangroves")]));
    await expectUnavailable(index.searchDecisions(asking()));
    expect((await index.health()).problems).toEqual([
      `the index ${changed} was changed: \`enviro reindex\` makes it anew`,
    ]);
    await fillAgain();
    await expectWhole();
  });

  it("names what can't ever be indexed, and takes the others", async () => {
    // Longer than any name that engines take.
    const odd = { ...titled("odd", "Odd"), owner: "x".repeat(40_000) };
    const work = index.indexDecisions([odd, titled("two", "Forests")]);
    await expect(work).rejects.toBeInstanceOf(IndexRejected);
    await expect(work).rejects.toMatchObject({ rejected: [{ key: "odd" }] });
    await engine.settle();
    expect(await idsFound(index, null)).toEqual(["one", "two"]);
  });

  it("says of nothing that it is found before it is, and leaves that to a later note", async () => {
    await index.indexBallots([{ ...page, page: 2, ballots: [sampleBallot()] }]);
    await index.noteIndexedTo(2_000);
    expect(await index.indexedTo()).toBe(1_000);
    const other = openSearch(engine.settings);
    await other.noteIndexedTo(2_000);
    expect(await index.indexedTo()).toBe(2_000);
    expect((await index.statistics("one")).ballots.total.yes).toBe(2);
  });

  it("writes what comes while it is filled anew into both", async () => {
    const round = await index.rebuild.begin();
    await index.indexDecisions([titled("two", "Forests")]);
    await engine.settle();
    expect(await idsFound(index, null)).toEqual(["one", "two"]);
    await index.rebuild.finish(round);
    await engine.settle();
    expect(await idsFound(index, null)).toEqual(["two"]);
    expect((await index.health()).problems).toEqual([]);
  });
});
