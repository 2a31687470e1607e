import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "../../../src/client/client.ts";
import type { AuditAnswer } from "../../../src/cli/api/answers.ts";
import { castVotes, withPublicNonces } from "../../../src/cli/api/cast-batch.ts";
import { connectClient } from "../../../src/cli/api/connect.ts";
import { draftDecision, openDraft, readAudit } from "../../../src/cli/api/decisions.ts";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { kafkaVariables } from "../../../scripts/services/kafka-variables.ts";
import { createTopic } from "./gateway-clients.ts";
import { services } from "./services.ts";

export const partitions = 4;
const batchVotes = 500;
const connections = 8;

export type KafkaPlatform = LocalPlatform & {
  client: Client;
  topic: string;
  deadLettersTopic: string;
  /** What the Worker has written to its log. */
  lines: string[];
  /** SIGKILL for the runtime, as a crash; Miniflare starts another on the same state. */
  crash(): Promise<void>;
  /** Stops it and starts it on the same state and topics, with other settings. */
  restart(vars: Record<string, string>): Promise<KafkaPlatform>;
};

/** The real Worker on its real bundle, with a vote log on topics of its own at the real broker. `vars` are over those that make it so. */
export async function startKafkaPlatform(
  vars: Record<string, string> = {},
  postgresUrl?: string,
): Promise<KafkaPlatform> {
  const address = await services.gateway.address();
  const [topic, deadLettersTopic] = [await createTopic(partitions), await createTopic(1)];
  const searchTopic = await createTopic(partitions);
  const folder = mkdtempSync(join(tmpdir(), "enviro-kafka-"));
  const settings = {
    ...kafkaVariables(address, {
      topic,
      deadLettersTopic,
      group: `writers-of-${topic}`,
      searchTopic,
      searchGroup: `indexers-of-${topic}`,
    }),
    ...vars,
  };
  return bootOn(folder, settings, postgresUrl);
}

async function bootOn(
  folder: string,
  vars: Record<string, string>,
  postgresUrl: string | undefined,
): Promise<KafkaPlatform> {
  const lines: string[] = [];
  const log = (line: string): void => {
    lines.push(line);
  };
  const reached = postgresUrl === undefined ? {} : { postgresUrl };
  const platform = await bootPlatform({ stateFolder: folder, port: 0, log, vars, ...reached });
  const { origin, adminKey } = platform;
  const client = connectClient({ origin, key: adminKey, connections });
  const stop = async (): Promise<void> => {
    await client.close();
    await platform.stop();
  };
  return {
    ...platform,
    client,
    topic: vars["KAFKA_TOPIC"] ?? "",
    deadLettersTopic: vars["KAFKA_DEAD_LETTERS_TOPIC"] ?? "",
    lines,
    async crash() {
      const { pid } = platform.process;
      process.kill(pid, "SIGKILL");
      while (platform.process.pid === pid) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async restart(others) {
      await stop();
      return bootOn(folder, { ...vars, ...others }, postgresUrl);
    },
    async stop() {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export async function openedDecision(
  { client }: KafkaPlatform,
  slug: string,
  shards: number,
): Promise<string> {
  const regions = ["north", "south"].map((code) => ({ code, name: code }));
  const counted = {
    disclosure: "roll_call",
    ends_early: "by_organiser",
    weight_max: 9,
    shards,
  } as const;
  const { id } = await draftDecision(client, {
    slug,
    title: slug,
    description: "",
    regions,
    ...counted,
  });
  await openDraft(client, id);
  return id;
}

/** Votes of voters whose numbers start at `from`; tells how many of them have a receipt. */
export async function cast(
  { client }: KafkaPlatform,
  decisionId: string,
  count: number,
  { from = 0, weightOf = (voter: number) => (voter % 8) + 1 } = {},
): Promise<number> {
  const votes = Array.from({ length: count }, (_, index) => ({
    voter_id: `voter-${from + index}`,
    vote: (["yes", "no", "abstain"] as const)[index % 3] ?? "yes",
    region: index % 2 === 0 ? "north" : "south",
    weight: weightOf(from + index),
  }));
  const { receipts } = await castVotes(client, withPublicNonces({ decisionId, votes }));
  return receipts.length;
}

/** Opens a decision and casts that many votes in it, each of which has its receipt when this answers. */
export async function votedDecision(
  platform: KafkaPlatform,
  slug: string,
  { shards, votes }: { shards: number; votes: number },
): Promise<string> {
  const id = await openedDecision(platform, slug, shards);
  for (let from = 0; from < votes; from += batchVotes) {
    const count = Math.min(batchVotes, votes - from);
    const receipts = await cast(platform, id, count, { from });
    if (receipts !== count) throw new Error(`${id}: ${receipts} of ${count} votes have receipts`);
  }
  return id;
}

export function auditOf({ client }: KafkaPlatform, decisionId: string): Promise<AuditAnswer> {
  return readAudit(client, decisionId);
}

/** Every row of the decision's votes, by shard and seq. */
export async function storedRows(
  { database }: KafkaPlatform,
  decisionId: string,
): Promise<Record<string, unknown>[]> {
  const votes = await database();
  const { results } = await votes
    .prepare("SELECT * FROM votes WHERE decision_id = ? ORDER BY shard, seq")
    .bind(decisionId)
    .all();
  return results;
}

/** What `/readyz` says. */
export async function readiness({ origin }: Pick<KafkaPlatform, "origin">): Promise<Readiness> {
  const answer = await fetch(`${origin}/readyz`);
  // The Worker under test wrote it; what a test expects of it, it compares.
  return { code: answer.status, ...((await answer.json()) as Omit<Readiness, "code">) };
}

export type Readiness = {
  code: number;
  status: string;
  database: { kind: string; problems: string[] };
  vote_log: {
    kind: string;
    lag_ballots: number | null;
    oldest_minutes: number | null;
    problems: string[];
  };
  search: { kind: string; problems: string[]; indexed_to: string | null };
  cache: string;
};
