import type { SearchFeedHealth } from "../search/search-feed.ts";
import { connectKafka } from "../vote-log/kafka/connect.ts";
import { kafkaProblems } from "../vote-log/kafka/health.ts";
import { chooseVoteLog, indexerName } from "../vote-log/kafka/settings.ts";
import { indexHistory } from "./index-history.ts";
import { memberProblems } from "./vote-log-health.ts";

/** How the search index is fed: for Kafka by its topic, and by what the indexer met last. */
export function searchFeedHealth(env: Env): SearchFeedHealth {
  return {
    async problems() {
      const choice = chooseVoteLog(env);
      // What is wrong with a queue or a setting, the vote log says, or the index.
      if (choice.kind !== "kafka") return [];
      const { settings } = choice;
      const found = await Promise.all([
        kafkaProblems(connectKafka(settings), [settings.searchTopic]),
        memberProblems(env, indexerName),
      ]);
      return found.flat();
    },
    wasFilled: () => indexHistory(env).wasFilled(),
  };
}
