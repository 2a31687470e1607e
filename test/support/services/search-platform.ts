import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
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
import type { BallotCounts } from "../../../src/search/search.ts";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { dropSearchIndexes } from "../../../scripts/services/search-indexes.ts";

export interface SearchPlatform {
  platform: LocalPlatform;
  /** Names its indexes. */
  prefix: string;
  /** The index as the platform has it, past the platform. */
  index: ReturnType<typeof openSearch>;
  /** A decision by roll call, of which a sixth of the votes were changed, up to its certificate. */
  certify(slug: string, title: string): Promise<string>;
  search(words: string): Promise<{ status: number; ids: string[]; code: string; detail: string }>;
  readyz: () => Promise<unknown>;
  /** What the index counts of a decision's ballots. */
  ballotsOf(decisionId: string): Promise<BallotCounts>;
  stop(): Promise<void>;
}

const votesCast = 60;
/** Of each certified decision. */
export const certifiedBallots: BallotCounts = {
  yes: votesCast / 2,
  no: votesCast / 3,
  abstain: votesCast / 6,
};

const foundBody = z.object({
  items: z.array(z.object({ decision: z.object({ id: z.string() }) })),
});
const refusedBody = z.object({ code: z.string(), detail: z.string() });

/** The real Worker with its index in a real engine. */
export async function startSearchPlatform(url: string): Promise<SearchPlatform> {
  const prefix = `test-${randomBytes(6).toString("hex")}`;
  const stateFolder = mkdtempSync(join(tmpdir(), "enviro-search-"));
  const vars = {
    SEARCH: "opensearch",
    SEARCH_URL: url,
    SEARCH_REPLICAS: "0",
    DEPLOYMENT: prefix,
    TOKEN_ISSUER: prefix,
  };
  const platform = await bootPlatform({ stateFolder, port: 0, vars });
  const client = connectClient({ origin: platform.origin, key: platform.adminKey, connections: 4 });
  const index = openSearch({
    url,
    username: "",
    password: "",
    prefix,
    ballotShards: 5,
    replicas: 0,
  });
  return {
    platform,
    prefix,
    index,
    certify: (slug, title) => certify(client, slug, title),
    async search(words) {
      const path = `/api/v1/search/decisions?q=${encodeURIComponent(words)}`;
      const answer = await fetch(`${platform.origin}${path}`);
      const body: unknown = await answer.json();
      const ids = foundBody.safeParse(body).data?.items.map(({ decision }) => decision.id) ?? [];
      const { code, detail } = refusedBody.safeParse(body).data ?? { code: "", detail: "" };
      return { status: answer.status, ids, code, detail };
    },
    readyz: async () => {
      const answer = await fetch(`${platform.origin}/readyz`);
      return { status: answer.status, body: await answer.json() };
    },
    ballotsOf: async (id) => (await index.statistics(id)).ballots.total,
    async stop() {
      await client.close();
      await platform.stop();
      await dropSearchIndexes(url, prefix);
      rmSync(stateFolder, { recursive: true });
    },
  };
}

async function certify(client: ConnectedClient, slug: string, title: string): Promise<string> {
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
  for (const vote of votes.filter((_, voter) => voter % 6 === 1)) await change(client, id, vote);
  await closeAndSeal(client, id);
  const status = async () => (await fetchDecision(client, id)).status;
  await expect.poll(status).toBe("certified");
  return id;
}

/** Casts a vote again with its nonce, for its receipt, and then another. */
async function change(client: ConnectedClient, decisionId: string, vote: VoteItem): Promise<void> {
  const first = await castVotes(client, { decisionId, votes: [vote] });
  const proof = first.receipts[0]?.r ?? "";
  const again: VoteItem = { ...vote, vote: "abstain", nonce: randomNonce(), proof };
  const { refusals } = await castVotes(client, { decisionId, votes: [again] });
  expect(refusals).toEqual([]);
}
