import { decodeJwt } from "jose";
import type { Client } from "../../src/client/client.ts";
import { connectClient } from "../../src/cli/api/connect.ts";
import type { DecisionDraftBody } from "../../src/cli/api/answers.ts";
import { draftDecision } from "../../src/cli/api/decisions.ts";
import { bootPlatform } from "../../scripts/local-platform/boot.ts";
import type { RequestPlan } from "./load/load-job.ts";
import { waitUntilStored } from "./wait-until-stored.ts";

const apiConnections = 2;
export const tokenIssuer = "enviro-governance-bench";

/** What of a draft is not as in other benches. */
type MoreOfDraft = Pick<DecisionDraftBody, "regions" | "disclosure" | "expected_watchers">;

export type PlatformUnderTest = {
  /** These change with a restart. */
  readonly origin: string;
  readonly client: Client;
  readonly runtimePid: number;
  readonly adminKey: string;
  readonly tokenKeys: string;
  /** Gives the id. */
  openDecision(slug: string, shards: number, more?: MoreOfDraft): Promise<string>;
  /** So many votes, each with the token of another voter. */
  votesPlan(decisionId: string, count: number): RequestPlan;
  /** So many batches of a polling station, with a key of its own. */
  batchesPlan(decisionId: string, count: number, votesEach: number): RequestPlan;
  /** Resolves when the database holds so many more of a decision's votes; when it last did not. */
  stored(decisionId: string, votes: number): Promise<number>;
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Boots the platform for the bench, with a token issuer of its own so that the bench can sign for
 * voters. `variables` go over its own; V8's inspector listens where a port is named, and another
 * build may take the place of `dist`.
 */
export async function startPlatformUnderTest(
  stateFolder: string,
  log: (line: string) => void,
  variables: Record<string, string> = {},
  { inspectorPort, buildFolder }: { inspectorPort?: number; buildFolder?: string | undefined } = {},
): Promise<PlatformUnderTest> {
  const boot = async () => {
    const vars = { TOKEN_ISSUER: tokenIssuer, ENFORCE_PLATFORM_LIMITS: "false", ...variables };
    const platform = await bootPlatform({
      stateFolder,
      port: 0,
      log,
      vars,
      ...(inspectorPort === undefined ? {} : { inspectorPort }),
      ...(buildFolder === undefined ? {} : { buildFolder }),
    });
    const { origin, adminKey } = platform;
    const client = connectClient({ origin, key: adminKey, connections: apiConnections });
    const stop = async (): Promise<void> => {
      await client.close();
      await platform.stop();
    };
    return { platform, client, stop };
  };
  let running = await boot();
  const generations = new Map<string, number>();
  const stationKeys = new Map<string, string>();
  const sent = new Map<string, number>();

  return {
    get origin() {
      return running.platform.origin;
    },
    get client() {
      return running.client;
    },
    get adminKey() {
      return running.platform.adminKey;
    },
    get tokenKeys() {
      return running.platform.tokenKeys;
    },
    get runtimePid() {
      return running.platform.process.pid;
    },
    openDecision: async (slug, shards, more = {}) => {
      const { id } = await draftDecision(running.client, {
        slug,
        title: `Bench ${slug}`,
        description: "",
        regions: [],
        weight_max: 1,
        shards,
        ends_early: "by_organiser",
        open: true,
        ...more,
      });
      const region = more.regions?.[0]?.code;
      generations.set(id, await readGeneration(running.client, id, region));
      stationKeys.set(id, await issueStationKey(running.client, id));
      return id;
    },
    votesPlan: (decisionId, count) => {
      const { tokenKeys } = running.platform;
      const generation = generations.get(decisionId) ?? 0;
      return { kind: "votes", decisionId, tokenKeys, tokenIssuer, generation, count };
    },
    batchesPlan: (decisionId, count, votesEach) => {
      const apiKey = stationKeys.get(decisionId) ?? "";
      return { kind: "batches", decisionId, apiKey, votesEach, count };
    },
    stored: (decisionId, votes) => {
      const all = (sent.get(decisionId) ?? 0) + votes;
      sent.set(decisionId, all);
      return waitUntilStored(running.platform.database, decisionId, all);
    },
    restart: async () => {
      await running.stop();
      running = await boot();
    },
    stop: () => running.stop(),
  };
}

/** The generation that tokens of a decision name, as one of its own says. */
async function readGeneration(
  client: Client,
  decisionId: string,
  region: string | undefined,
): Promise<number> {
  const path = { decisionId };
  const body = { voters: [{ voter_id: "bench", region }] };
  const answer = await client.call("POST /api/v1/decisions/{decisionId}/tokens", { path, body });
  const claims = decodeJwt(answer.tokens[0]?.token ?? "");
  return Number(claims["gen"]);
}

async function issueStationKey(client: Client, decisionId: string): Promise<string> {
  const route = "POST /api/v1/decisions/{decisionId}/station-keys";
  const { key } = await client.call(route, { path: { decisionId }, body: { label: "Bench" } });
  return key;
}
