import { javaSearchEngine } from "./java-search-engine.ts";

const version = "2.19.6";

/** OpenSearch, as a deployment may have it, without its security plug-in. */
export const opensearch = javaSearchEngine({
  name: "opensearch",
  portOffset: 7,
  classes: ["StartOpenSearch"],
  libraries: {
    title: "OpenSearch",
    version,
    megabytes: 55,
    dependencies: [
      ["org.opensearch", "opensearch", version],
      ["org.opensearch.plugin", "transport-netty4-client", version],
      ["org.opensearch.plugin", "analysis-common", version],
      ["org.apache.logging.log4j", "log4j-core", "2.25.4"],
    ],
  },
});
