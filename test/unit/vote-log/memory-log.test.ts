import { memoryVoteLog } from "../../../src/vote-log/memory.ts";
import { decodeRecord } from "../../../src/vote-log/vote-record.ts";
import {
  distinctBySeq,
  holdsTheVoteLogContract,
} from "../../support/vote-log/vote-log-contract.ts";

holdsTheVoteLogContract("memory", async () => {
  const log = memoryVoteLog();
  return {
    log,
    async delivered({ decisionId, shard }) {
      const records = log.records.map(decodeRecord);
      const ofShard = records.filter(
        (record) => record.decisionId === decisionId && record.shard === shard,
      );
      return distinctBySeq(ofShard.flatMap((record) => record.ballots));
    },
  };
});
