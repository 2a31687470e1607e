import { cast, type KafkaPlatform } from "./kafka-platform.ts";

export const votesASecond = 300;
const batchesASecond = 10;
const batchVotes = votesASecond / batchesASecond;

/** Casts votes on schedule, however long each takes, and counts those with a receipt. */
export function castSteadily(platform: KafkaPlatform, decisionId: string) {
  const flow = { sent: 0, accepted: 0 };
  const failures: unknown[] = [];
  const underWay = new Set<Promise<void>>();
  const castOne = async (): Promise<void> => {
    const from = flow.sent;
    flow.sent += batchVotes;
    try {
      const receipts = await cast(platform, decisionId, batchVotes, { from });
      flow.accepted += receipts;
    } catch (error) {
      failures.push(error);
    }
  };
  const timer = setInterval(() => {
    const casting = castOne().finally(() => underWay.delete(casting));
    underWay.add(casting);
  }, 1_000 / batchesASecond);
  return {
    flow,
    failures,
    async stop(): Promise<void> {
      clearInterval(timer);
      await Promise.all(underWay);
    },
  };
}
