import { javaSearchEngine } from "./java-search-engine.ts";

const version = "7.17.29";

/** The oldest Elasticsearch that a deployment may have, with the analyzers of its distribution. */
export const elasticsearch = javaSearchEngine({
  name: "elasticsearch",
  portOffset: 8,
  classes: ["StartElasticsearch", "LanguageAnalyzers"],
  libraries: {
    title: "Elasticsearch",
    version,
    megabytes: 35,
    dependencies: [
      ["org.elasticsearch", "elasticsearch", version],
      ["org.elasticsearch.plugin", "transport-netty4-client", version],
      ["org.apache.logging.log4j", "log4j-core", "2.17.1"],
    ],
  },
});
