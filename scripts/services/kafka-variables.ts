import type { Addresses } from "./service.ts";

/**
 * The Worker's variables that choose Kafka as its vote log and as the feed of its search index, on
 * topics and with groups of the deployment's own.
 */
export function kafkaVariables(
  { url, username, password }: Pick<Addresses["gateway"], "url" | "username" | "password">,
  names: {
    topic: string;
    deadLettersTopic: string;
    group: string;
    searchTopic: string;
    searchGroup: string;
  },
) {
  return {
    VOTE_LOG_KIND: "kafka",
    KAFKA_REST_URL: url,
    KAFKA_REST_USERNAME: username,
    KAFKA_REST_PASSWORD: password,
    KAFKA_TOPIC: names.topic,
    KAFKA_DEAD_LETTERS_TOPIC: names.deadLettersTopic,
    KAFKA_GROUP: names.group,
    KAFKA_SEARCH_TOPIC: names.searchTopic,
    KAFKA_SEARCH_GROUP: names.searchGroup,
  };
}
