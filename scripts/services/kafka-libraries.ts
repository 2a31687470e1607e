import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { runProgram } from "./run-program.ts";

const kafkaVersion = "4.4.0";

/**
 * Kafka logs through slf4j, whose 1.7 line it is built with; the simple binding writes to stderr,
 * which is the service's log file.
 */
const dependencies = [
  ["org.apache.kafka", "kafka_2.13", kafkaVersion],
  ["org.slf4j", "slf4j-simple", "1.7.36"],
];

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>kafka</artifactId>
  <version>${kafkaVersion}</version>
  <dependencies>
${dependencies
  .map(
    ([group, artifact, version]) =>
      `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  )
  .join("\n")}
  </dependencies>
</project>
`;

/** Fetches Apache Kafka's own artifacts from Maven Central once, and returns the folder of jars. */
export async function fetchKafkaLibraries(
  folder: string,
  log: (line: string) => void,
): Promise<string> {
  const libraries = join(folder, `libraries-${kafkaVersion}`);
  if (existsSync(libraries)) return libraries;

  log(`fetching Apache Kafka ${kafkaVersion} from Maven Central (about 45 MB) …`);
  const draft = `${libraries}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const pomFile = join(folder, "pom.xml");
  writeFileSync(pomFile, pom);
  const args = ["-q", "-B", "-f", pomFile, "dependency:copy-dependencies"];
  args.push("-DincludeScope=runtime", `-DoutputDirectory=${draft}`);
  await runProgram({ file: findProgram("mvn", "maven"), args });
  renameSync(draft, libraries);
  return libraries;
}
