import type { Ballot } from "../../../src/ballot/ballot.ts";
import { connectKafka } from "../../../src/vote-log/kafka/connect.ts";
import { upstashKafkaVoteLog } from "../../../src/vote-log/kafka/upstash-kafka.ts";
import { logSignature } from "../../../src/platform/log-signature.ts";
import { readSignedText } from "../../../src/vote-log/signed-text.ts";
import { decodeRecord } from "../../../src/vote-log/vote-record.ts";
import { createTopic } from "../../support/services/gateway-clients.ts";
import { services } from "../../support/services/services.ts";
import {
  distinctBySeq,
  holdsTheVoteLogContract,
} from "../../support/vote-log/vote-log-contract.ts";

const partitions = 3;
const signature = logSignature("contract", `k:${"A".repeat(43)}`);

holdsTheVoteLogContract("Kafka", async () => {
  const topic = await createTopic(partitions);
  const { url, username, password } = await services.gateway.address();
  const names = { topic, deadLettersTopic: topic, group: `contract-${topic}` };
  const kafka = connectKafka({ url, username, password, ...names });
  const byShard = new Map<string, Ballot[]>();
  return {
    log: upstashKafkaVoteLog(kafka, topic, signature),
    async delivered({ decisionId, shard }) {
      for (const { value } of await kafka.consume("reader", [topic])) {
        const { ballots, ...at } = decodeRecord(readSignedText(signature, value));
        const key = `${at.decisionId}/${at.shard}`;
        byShard.set(key, [...(byShard.get(key) ?? []), ...ballots]);
      }
      return distinctBySeq(byShard.get(`${decisionId}/${shard}`) ?? []);
    },
  };
});
