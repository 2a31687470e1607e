import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { runProgram } from "./run-program.ts";

/** Artifacts of Maven Central that make a server together. */
export interface MavenLibraries {
  /** As people call it: `Apache Kafka`. */
  title: string;
  version: string;
  megabytes: number;
  /** Group, artifact and version of each. */
  dependencies: readonly (readonly [string, string, string])[];
}

/** Fetches artifacts with all that they need, once, and returns the folder of jars. */
export async function fetchMavenLibraries(
  folder: string,
  { title, version, megabytes, dependencies }: MavenLibraries,
  log: (line: string) => void,
): Promise<string> {
  const libraries = join(folder, `libraries-${version}`);
  if (existsSync(libraries)) return libraries;

  log(`fetching ${title} ${version} from Maven Central (about ${megabytes} MB) …`);
  const draft = `${libraries}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const pomFile = join(folder, "pom.xml");
  writeFileSync(pomFile, pomOf(version, dependencies));
  const args = ["-q", "-B", "-f", pomFile, "dependency:copy-dependencies"];
  args.push("-DincludeScope=runtime", `-DoutputDirectory=${draft}`);
  await runProgram({ file: findProgram("mvn", "maven"), args });
  renameSync(draft, libraries);
  return libraries;
}

function pomOf(version: string, dependencies: MavenLibraries["dependencies"]): string {
  const items = dependencies.map(
    ([group, artifact, its]) =>
      `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${its}</version></dependency>`,
  );
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId>
  <artifactId>server</artifactId>
  <version>${version}</version>
  <packaging>pom</packaging>
  <dependencies>
${items.join("\n")}
  </dependencies>
</project>
`;
}
