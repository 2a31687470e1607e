import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { send } from "../../support/search/empty-engine.ts";
import {
  certifiedBallots as counted,
  startSearchPlatform,
  type SearchPlatform,
} from "../../support/services/search-platform.ts";
import { services } from "../../support/services/services.ts";

let on: SearchPlatform;
let url: string;

beforeAll(async () => {
  ({ url } = await services.opensearch.address());
  on = await startSearchPlatform(url);
});

afterEach(async () => {
  services.opensearch.thaw();
  await services.opensearch.start();
});

afterAll(() => on.stop());

describe("the platform with its index in OpenSearch", () => {
  it("finds a decision by words, and counts its published ballots", async () => {
    const id = await on.certify("mangroves", "Restore the mangroves");
    await expect
      .poll(() => on.search("mangrove restored"))
      .toMatchObject({ status: 200, ids: [id] });
    await expect.poll(() => on.ballotsOf(id)).toEqual(counted);
    expect(await on.readyz()).toMatchObject({
      status: 200,
      body: { search: { kind: "opensearch", problems: [] } },
    });
  });

  it("votes and certifies while the engine is away, and has then everything of that time", async () => {
    await services.opensearch.kill();
    const id = await on.certify("floodplain", "Reopen the floodplain");
    expect(await on.search("floodplain")).toMatchObject({
      status: 503,
      code: "search.unavailable",
    });
    await expect
      .poll(on.readyz)
      .toMatchObject({ status: 200, body: { search: { problems: [expect.any(String)] } } });
    await services.opensearch.start();
    await expect.poll(() => on.search("floodplain")).toMatchObject({ status: 200, ids: [id] });
    await expect.poll(() => on.ballotsOf(id)).toEqual(counted);
  });

  it("takes every vote of a load while its engine hangs and is then away, and has 0 differences after", async () => {
    const all = (word: string) =>
      Promise.all([1, 2, 3, 4].map((each) => on.certify(`${word}-${each}`, `Widen the ${word}`)));
    services.opensearch.freeze();
    const whileHung = await all("causeway");
    await services.opensearch.kill();
    const whileAway = await all("towpath");
    await services.opensearch.start();
    for (const id of [...whileHung, ...whileAway])
      await expect.poll(() => on.ballotsOf(id)).toEqual(counted);
    const found = async (words: string) => (await on.search(words)).ids.toSorted();
    await expect.poll(() => found("causeway")).toEqual(whileHung.toSorted());
    await expect.poll(() => found("towpath")).toEqual(whileAway.toSorted());
    await expect.poll(on.readyz).toMatchObject({ body: { search: { problems: [] } } });
  });

  it("names an index that its engine lets nobody write to for want of room, and goes on once there is some", async () => {
    const block = (isBlocked: true | null) =>
      send(url, "PUT", `/${on.prefix}-*/_settings`, {
        "index.blocks.read_only_allow_delete": isBlocked,
      });
    await block(true);
    const id = await on.certify("breakwater", "Raise the breakwater");
    const problems = [expect.stringMatching(/takes nothing, as where the disk is full/)];
    await expect.poll(on.readyz).toMatchObject({
      status: 200,
      body: { search: { problems: expect.arrayContaining(problems) } },
    });
    expect(await on.search("breakwater")).toMatchObject({ status: 200, ids: [] });
    await block(null);
    await expect.poll(() => on.search("breakwater")).toMatchObject({ status: 200, ids: [id] });
    await expect.poll(() => on.ballotsOf(id)).toEqual(counted);
    await expect.poll(on.readyz).toMatchObject({ body: { search: { problems: [] } } });
  });

  it("is filled again from the record where somebody has deleted all indexes of decisions", async () => {
    const ids = [
      await on.certify("reef", "Protect the reef"),
      await on.certify("peat", "Wet the peat"),
    ];
    for (const id of ids) await expect.poll(() => on.ballotsOf(id)).toEqual(counted);
    for (const deleted of Object.keys(await send(url, "GET", `/${on.prefix}-decisions/_alias`)))
      await send(url, "DELETE", `/${deleted}`);
    expect(await on.search("reef")).toMatchObject({ status: 503, code: "search.unavailable" });
    let after: string | null = null;
    do {
      const answer = await fetch(`${on.platform.origin}/api/v1/search/reindex`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${on.platform.adminKey}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(after === null ? {} : { after }),
      });
      expect(answer.status).toBe(200);
      after = z.object({ next: z.string().nullable() }).parse(await answer.json()).next;
    } while (after !== null);
    await expect.poll(() => on.search("reef")).toMatchObject({ status: 200, ids: ids.slice(0, 1) });
    for (const id of ids) await expect.poll(() => on.ballotsOf(id)).toEqual(counted);
    expect((await on.index.health()).problems).toEqual([]);
  });
});
