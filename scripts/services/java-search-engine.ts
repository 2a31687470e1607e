import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import { fetchMavenLibraries, type MavenLibraries } from "./maven-libraries.ts";
import { runProgram } from "./run-program.ts";
import { portOf, type Command, type Service, type ServiceLocation } from "./service.ts";

const host = "127.0.0.1";
const heap = "512m";
const answerMsMax = 2_000;
const debianPackage = "openjdk-17-jdk-headless";

interface SearchEngine {
  libraries: MavenLibraries;
  /** The class that starts a node, then what it needs, of the folder `search-engines`. */
  classes: readonly [string, ...string[]];
  /** Names its port. */
  name: string;
  portOffset: number;
}

/**
 * A search engine of one node, from its Maven artifacts and a start program of ours: its own one
 * wants a distribution, which is in no package repository. Without login, on loopback alone.
 */
export function javaSearchEngine(engine: SearchEngine): Service<{ url: string }> {
  const urlOf = (location: ServiceLocation) => `http://${host}:${portOf(location, engine.name)}`;
  return {
    portOffsets: { [engine.name]: engine.portOffset },
    stopSignal: "SIGTERM",
    prepare: (location, log) => startCommand(engine, location, log),
    isReady: async (location) => {
      try {
        const health = `${urlOf(location)}/_cluster/health?wait_for_status=yellow&timeout=1s`;
        const answer = await fetch(health, { signal: AbortSignal.timeout(answerMsMax) });
        await answer.body?.cancel();
        return answer.ok;
      } catch {
        return false;
      }
    },
    address: (location) => ({ url: urlOf(location) }),
  };
}

async function startCommand(
  { libraries, classes, name }: SearchEngine,
  location: ServiceLocation,
  log: (line: string) => void,
): Promise<Command> {
  const jars = join(await fetchMavenLibraries(location.folder, libraries, log), "*");
  const compiled = join(location.folder, "classes");
  mkdirSync(compiled, { recursive: true });
  const sources = classes.map((it) => join(import.meta.dirname, "search-engines", `${it}.java`));
  const args = ["-proc:none", "-d", compiled, "-cp", jars, ...sources];
  await runProgram({ file: findProgram("javac", debianPackage), args });
  const machine = [`-Xms${heap}`, `-Xmx${heap}`, "-cp", `${compiled}:${jars}`];
  return {
    file: findProgram("java", debianPackage),
    args: [...machine, classes[0], location.folder, String(portOf(location, name))],
  };
}
