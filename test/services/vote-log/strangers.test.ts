import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logSignature } from "../../../src/platform/log-signature.ts";
import { signText } from "../../../src/vote-log/signed-text.ts";
import { encodeRecord } from "../../../src/vote-log/vote-record.ts";
import { upstashKafka } from "../../support/services/gateway-clients.ts";
import {
  auditOf,
  cast,
  openedDecision,
  startKafkaPlatform,
  storedRows,
  type KafkaPlatform,
} from "../../support/services/kafka-platform.ts";
import { localId } from "../../support/local-id.ts";

const slug = "coveted";
const decisionId = localId(slug);
const votes = 20;

/** Another deployment with a decision of the same id writes into this one's topic. */
describe("records of a stranger in the topic", () => {
  let platform: KafkaPlatform;
  beforeAll(async () => {
    platform = await startKafkaPlatform();
    await openedDecision(platform, slug, 1);
    await produceStrangers(platform.topic);
  });
  afterAll(() => platform.stop());

  it("become dead letters of no decision, and say whose they are", async () => {
    const list = () => platform.client.call("GET /api/v1/dead-letters", { query: {} });
    await expect.poll(async () => (await list()).items.length, { timeout: 60_000 }).toBe(2);
    const { items } = await list();
    expect(items.map(({ decision_id }) => decision_id)).toEqual([null, null]);
    expect(items.map(({ cause }) => cause).toSorted()).toEqual([
      "it is of the deployment their-deployment, not of this one",
      "its signature is of no key of this deployment",
    ]);
  });

  it("take no ballot's place: the decision is certified with its own", async () => {
    expect(await cast(platform, decisionId, votes)).toBe(votes);
    const rows = async () => (await storedRows(platform, decisionId)).length;
    await expect.poll(rows, { timeout: 60_000 }).toBe(votes);
    const pids = (await storedRows(platform, decisionId)).map(({ pid }) => pid);
    expect(pids.filter((pid) => String(pid).startsWith("stranger"))).toEqual([]);
    await platform.client.call("POST /api/v1/decisions/{decisionId}/close", {
      path: { decisionId },
    });
    const status = async () => (await auditOf(platform, decisionId)).status;
    await expect.poll(status, { timeout: 60_000 }).toBe("certified");
  });
});

async function produceStrangers(topic: string): Promise<void> {
  const seqs = Array.from({ length: votes + 5 }, (_, index) => index + 1);
  const record = encodeRecord({
    decisionId,
    shard: 0,
    epoch: 1,
    ballots: seqs.map((seq) => ({
      seq,
      pid: `stranger-${seq}`.padEnd(22, "s"),
      choice: "no",
      region: "north",
      weight: 9,
      acceptedAt: Date.now(),
    })),
  });
  const theirKeys = `theirs:${"C".repeat(43)}`;
  const texts = ["their-deployment", "enviro-governance"].map((name) =>
    signText(logSignature(name, theirKeys), record),
  );
  const kafka = await upstashKafka();
  await kafka.producer().produceMany(texts.map((value) => ({ topic, value })));
}
