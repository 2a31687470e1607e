import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { servicesFolder } from "../../../scripts/services/state-file.ts";
import { serviceLocation } from "../../../scripts/services/service-location.ts";
import { send } from "../../support/search/empty-engine.ts";
import {
  certifiedBallots,
  startSearchPlatform,
  type SearchPlatform,
} from "../../support/services/search-platform.ts";
import { services } from "../../support/services/services.ts";
import { mountSmallDisk, type SmallDisk } from "../../support/services/small-disk.ts";

const diskBytes = 64 * 1024 * 1024;

/** A real disk that is really full: the engine's data lives on a small one, mounted for this test, and a file of nothing fills it up. */
describe("a search engine on a disk that is full", () => {
  let disk: SmallDisk;
  let on: SearchPlatform;
  let url: string;

  const engineLog = () => readFileSync(join(servicesFolder, "opensearch.log"), "utf8");

  beforeAll(async () => {
    await services.opensearch.stop();
    const { folder } = await serviceLocation("opensearch");
    disk = await mountSmallDisk(join(folder, "data"), diskBytes);
    await services.opensearch.start();
    ({ url } = await services.opensearch.address());
    on = await startSearchPlatform(url);
  });
  afterAll(async () => {
    await on.stop();
    await services.opensearch.stop();
    await disk.unmount();
    await services.opensearch.start();
  });

  it("costs no vote, says so, and has all of that time once there is room", async () => {
    const before = await on.certify("estuary", "Widen the estuary");
    await expect.poll(() => on.search("estuary")).toMatchObject({ status: 200, ids: [before] });
    await expect.poll(() => on.ballotsOf(before)).toEqual(certifiedBallots);

    const logged = engineLog().length;
    disk.fill();
    const meanwhile = await Promise.all(
      [1, 2, 3, 4].map((each) => on.certify(`sandbar-${each}`, `Keep the sandbar ${each}`)),
    );
    const loggedSince = () => engineLog().slice(logged);
    await expect.poll(loggedSince).toContain("No space left on device");
    await expect
      .poll(() => on.search("estuary"))
      .toMatchObject({
        status: 503,
        code: "search.unavailable",
        detail: expect.stringContaining("`/readyz` says what is wrong"),
      });
    await expect.poll(on.readyz).toMatchObject({
      status: 200,
      body: {
        status: "ready",
        search: { problems: [expect.stringMatching(/does not answer|answered|nowhere/)] },
      },
    });

    disk.free();
    // As docs/operations.md says: an engine may have given up on its shards meanwhile.
    const retry = async () =>
      (await send(url, "POST", "/_cluster/reroute?retry_failed=true")).acknowledged;
    await expect.poll(retry).toBe(true);
    for (const id of [before, ...meanwhile])
      await expect.poll(() => on.ballotsOf(id)).toEqual(certifiedBallots);
    const found = async () => (await on.search("sandbar")).ids.toSorted();
    await expect.poll(found).toEqual(meanwhile.toSorted());
    await expect.poll(on.readyz).toMatchObject({
      body: { database: { dead_letters: 0 }, search: { problems: [] } },
    });
  });
});
