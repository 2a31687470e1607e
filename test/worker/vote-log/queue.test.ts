import { env } from "cloudflare:workers";
import { beforeAll, expect } from "vitest";
import { d1Database } from "../../../src/database/d1/d1.ts";
import { logSignatureOf } from "../../../src/platform/vote-log.ts";
import { queueVoteLog } from "../../../src/vote-log/queue.ts";
import { allowLogged } from "../../support/error-lines.ts";
import { holdsTheVoteLogContract } from "../../support/vote-log/vote-log-contract.ts";

/** Through a real queue and the Worker's own consumer, into D1. */
beforeAll(() => {
  // The ballots are of no decision: the writer finds nobody who accepted them.
  const cause = expect.stringContaining("a ballot that its shard never accepted");
  allowLogged("writer.confirm_failed", { cause });
});

holdsTheVoteLogContract("Cloudflare Queues", async () => ({
  log: queueVoteLog(env.VOTE_LOG, logSignatureOf(env)),
  async delivered({ decisionId, shard }) {
    const query = { decisionId, after: { shard, seq: 0 }, perPage: 10_000 };
    const { items } = await d1Database(env.DB).listBallots(query);
    return items
      .filter((row) => row.shard === shard)
      .map(({ decisionId: _decision, shard: _shard, ...ballot }) => ballot);
  },
}));
