import type { MavenLibraries } from "./maven-libraries.ts";

const version = "4.4.0";

/**
 * Kafka logs through slf4j, whose 1.7 line it is built with; the simple binding writes to stderr,
 * which is the service's log file.
 */
export const kafkaLibraries: MavenLibraries = {
  title: "Apache Kafka",
  version,
  megabytes: 45,
  dependencies: [
    ["org.apache.kafka", "kafka_2.13", version],
    ["org.slf4j", "slf4j-simple", "1.7.36"],
  ],
};
