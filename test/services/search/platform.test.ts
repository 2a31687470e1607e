import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { randomNonce } from "../../../src/client/draw-nonce.ts";
import type { VoteItem } from "../../../src/cli/api/answers.ts";
import { castVotes } from "../../../src/cli/api/cast-batch.ts";
import { connectClient, type ConnectedClient } from "../../../src/cli/api/connect.ts";
import {
  closeAndSeal,
  draftDecision,
  fetchDecision,
  openDraft,
} from "../../../src/cli/api/decisions.ts";
import { openSearch } from "../../../src/search/opensearch/opensearch.ts";
import type { SearchIndex } from "../../../src/search/search.ts";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { dropSearchIndexes } from "../../../scripts/services/search-indexes.ts";
import { send } from "../../support/search/empty-engine.ts";
import { services } from "../../support/services/services.ts";

const name = `test-${randomBytes(6).toString("hex")}`;
const folder = mkdtempSync(join(tmpdir(), "enviro-search-"));
const votesCast = 60;
let platform: LocalPlatform;
let client: ConnectedClient;
let index: SearchIndex;
let url: string;

beforeAll(async () => {
  ({ url } = await services.opensearch.address());
  const vars = {
    SEARCH: "opensearch",
    SEARCH_URL: url,
    SEARCH_REPLICAS: "0",
    DEPLOYMENT: name,
    TOKEN_ISSUER: name,
  };
  platform = await bootPlatform({ stateFolder: folder, port: 0, vars });
  client = connectClient({ origin: platform.origin, key: platform.adminKey, connections: 4 });
  const settings = { url, username: "", password: "", prefix: name, ballotShards: 5, replicas: 0 };
  index = openSearch(settings);
});

afterEach(async () => {
  services.opensearch.thaw();
  await services.opensearch.start();
});

afterAll(async () => {
  await client.close();
  await platform.stop();
  await dropSearchIndexes(url, name);
  rmSync(folder, { recursive: true });
});

/** A decision by roll call, of which a sixth of the votes were changed. */
async function certified(slug: string, title: string): Promise<string> {
  const { id } = await draftDecision(client, {
    slug,
    title,
    description: "",
    regions: ["north", "south"].map((code) => ({ code })),
    disclosure: "roll_call",
    revote_policy: "revisable",
    ends_early: "by_organiser",
    shards: 2,
  });
  await openDraft(client, id);
  const votes = Array.from({ length: votesCast }, (_, voter) => ({
    voter_id: `voter-${voter}`,
    vote: voter % 3 === 0 ? ("no" as const) : ("yes" as const),
    region: voter % 2 === 0 ? "north" : "south",
    nonce: randomNonce(),
  }));
  await castVotes(client, { decisionId: id, votes });
  for (const vote of votes.filter((_, voter) => voter % 6 === 1)) await change(id, vote);
  await closeAndSeal(client, id);
  const status = async () => (await fetchDecision(client, id)).status;
  await expect.poll(status).toBe("certified");
  return id;
}

/** Casts a vote again with its nonce, for its receipt, and then another. */
async function change(decisionId: string, vote: VoteItem): Promise<void> {
  const first = await castVotes(client, { decisionId, votes: [vote] });
  const proof = first.receipts[0]?.r ?? "";
  const again: VoteItem = { ...vote, vote: "abstain", nonce: randomNonce(), proof };
  const { refusals } = await castVotes(client, { decisionId, votes: [again] });
  expect(refusals).toEqual([]);
}

const counted = { yes: votesCast / 2, no: votesCast / 3, abstain: votesCast / 6 };

const foundBody = z.object({
  items: z.array(z.object({ decision: z.object({ id: z.string() }) })),
});

async function search(words: string): Promise<{ status: number; ids: string[]; code: string }> {
  const path = `/api/v1/search/decisions?q=${encodeURIComponent(words)}`;
  const answer = await fetch(`${platform.origin}${path}`);
  const body: unknown = await answer.json();
  const ids = foundBody.safeParse(body).data?.items.map(({ decision }) => decision.id) ?? [];
  const code = z.object({ code: z.string() }).safeParse(body).data?.code ?? "";
  return { status: answer.status, ids, code };
}

async function readyz(): Promise<unknown> {
  const answer = await fetch(`${platform.origin}/readyz`);
  return { status: answer.status, body: await answer.json() };
}

const ballotsOf = async (id: string) => (await index.statistics(id)).ballots.total;

describe("the platform with its index in OpenSearch", () => {
  it("finds a decision by words, and counts its published ballots", async () => {
    const id = await certified("mangroves", "Restore the mangroves");
    await expect.poll(() => search("mangrove restored")).toMatchObject({ status: 200, ids: [id] });
    await expect.poll(() => ballotsOf(id)).toEqual(counted);
    expect(await readyz()).toMatchObject({
      status: 200,
      body: { search: { kind: "opensearch", problems: [] } },
    });
  });

  it("votes and certifies while the engine is away, and has then everything of that time", async () => {
    await services.opensearch.kill();
    const id = await certified("floodplain", "Reopen the floodplain");
    expect(await search("floodplain")).toMatchObject({ status: 503, code: "search.unavailable" });
    await expect
      .poll(readyz)
      .toMatchObject({ status: 200, body: { search: { problems: [expect.any(String)] } } });
    await services.opensearch.start();
    await expect.poll(() => search("floodplain")).toMatchObject({ status: 200, ids: [id] });
    await expect.poll(() => ballotsOf(id)).toEqual(counted);
  });

  it("takes every vote of a load while its engine hangs and is then away, and has 0 differences after", async () => {
    const all = (word: string) =>
      Promise.all([1, 2, 3, 4].map((each) => certified(`${word}-${each}`, `Widen the ${word}`)));
    services.opensearch.freeze();
    const whileHung = await all("causeway");
    await services.opensearch.kill();
    const whileAway = await all("towpath");
    await services.opensearch.start();
    for (const id of [...whileHung, ...whileAway])
      await expect.poll(() => ballotsOf(id)).toEqual(counted);
    const found = async (words: string) => (await search(words)).ids.toSorted();
    await expect.poll(() => found("causeway")).toEqual(whileHung.toSorted());
    await expect.poll(() => found("towpath")).toEqual(whileAway.toSorted());
    await expect.poll(readyz).toMatchObject({ body: { search: { problems: [] } } });
  });

  it("names an index that its engine lets nobody write to for want of room, and goes on once there is some", async () => {
    const block = (isBlocked: true | null) =>
      send(url, "PUT", `/${name}-*/_settings`, {
        "index.blocks.read_only_allow_delete": isBlocked,
      });
    await block(true);
    const id = await certified("breakwater", "Raise the breakwater");
    const problems = [expect.stringMatching(/takes nothing, as where the disk is full/)];
    await expect.poll(readyz).toMatchObject({
      status: 200,
      body: { search: { problems: expect.arrayContaining(problems) } },
    });
    expect(await search("breakwater")).toMatchObject({ status: 200, ids: [] });
    await block(null);
    await expect.poll(() => search("breakwater")).toMatchObject({ status: 200, ids: [id] });
    await expect.poll(() => ballotsOf(id)).toEqual(counted);
    await expect.poll(readyz).toMatchObject({ body: { search: { problems: [] } } });
  });

  it("is filled again from the record where somebody has deleted all indexes of decisions", async () => {
    const ids = [
      await certified("reef", "Protect the reef"),
      await certified("peat", "Wet the peat"),
    ];
    for (const id of ids) await expect.poll(() => ballotsOf(id)).toEqual(counted);
    for (const deleted of Object.keys(await send(url, "GET", `/${name}-decisions/_alias`)))
      await send(url, "DELETE", `/${deleted}`);
    expect(await search("reef")).toMatchObject({ status: 503, code: "search.unavailable" });
    let after: string | null = null;
    do {
      const answer = await fetch(`${platform.origin}/api/v1/search/reindex`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${platform.adminKey}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(after === null ? {} : { after }),
      });
      expect(answer.status).toBe(200);
      after = z.object({ next: z.string().nullable() }).parse(await answer.json()).next;
    } while (after !== null);
    await expect.poll(() => search("reef")).toMatchObject({ status: 200, ids: ids.slice(0, 1) });
    for (const id of ids) await expect.poll(() => ballotsOf(id)).toEqual(counted);
    expect((await index.health()).problems).toEqual([]);
  });
});
