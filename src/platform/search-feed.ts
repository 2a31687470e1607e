import { kafkaSearchFeed } from "../search/kafka-feed.ts";
import { queueSearchFeed } from "../search/queue-feed.ts";
import type { SearchFeed } from "../search/search-feed.ts";
import { chooseSearch } from "../search/settings.ts";
import { LoggableError } from "../shared/loggable-error.ts";
import { connectKafka } from "../vote-log/kafka/connect.ts";
import { chooseVoteLog } from "../vote-log/kafka/settings.ts";
import { logSignature } from "./log-signature.ts";
import { limitedQueue } from "./platform-limits/limited-queue.ts";

/** The feed of the search index, beside the vote log; null where the deployment has no search. */
export function searchFeedOf(env: Env): SearchFeed | null {
  if (chooseSearch(env).kind === "none") return null;
  const choice = chooseVoteLog(env);
  if (choice.kind === "misconfigured")
    return { publish: () => Promise.reject(new LoggableError(choice.problem)) };
  const signature = logSignature(choice.deployment, env.BALLOT_TOKEN_KEYS);
  if (choice.kind === "queue")
    return queueSearchFeed(limitedQueue(env.SEARCH_FEED, env), signature);
  return kafkaSearchFeed(connectKafka(choice.settings), choice.settings.searchTopic, signature);
}
