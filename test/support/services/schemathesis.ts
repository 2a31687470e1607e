import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where `.ci/run` and a developer put it; git ignores the folder. */
const program = ".schemathesis/bin/schemathesis";
const installation =
  "python3 -m venv .schemathesis && .schemathesis/bin/pip install -r test/services/api/requirements.txt";

/** What an answer is held to; all else that the tool checks goes by guesses about an API. */
const checks = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "unsupported_method",
  "allow_header_conformance",
];

/** One who asks, and of what. */
export interface FuzzRun {
  origin: string;
  /** Null for nobody. */
  credential: string | null;
  /** The decision that the paths name, so that what is asked is there. */
  decisionId: string;
  examples: number;
  seed: number;
  folder: string;
}

export interface FuzzReport {
  status: number | null;
  said: string;
  requests: number;
}

/** @throws where the tool is missing, with how to get it */
export function requireSchemathesis(): void {
  if (existsSync(program)) return;
  throw new Error(`schemathesis is missing; get it with: ${installation}`);
}

/** Asks every route of the document what its schemas allow and what they do not. */
export async function fuzz(run: FuzzRun): Promise<FuzzReport> {
  const { origin, credential, folder, examples, seed } = run;
  const document = await (await fetch(`${origin}/api/v1/openapi.json`)).text();
  const [schema, config] = [join(folder, "openapi.json"), join(folder, "schemathesis.toml")];
  writeFileSync(schema, withoutUnicodeClasses(document));
  // One text: of a list the tool would send all of it as one name, which is no decision's.
  writeFileSync(config, `[parameters]\n"path.decisionId" = "${run.decisionId}"\n`);
  const asWhom = credential === null ? [] : ["-H", `Authorization: Bearer ${credential}`];
  const howMuch = ["--max-examples", String(examples), "--seed", String(seed)];
  // A stream has no end to wait for.
  const fixed =
    "--phases examples,coverage,fuzzing --continue-on-failure --exclude-path-regex /stream$ --request-timeout 60 --generation-database none --warnings off --no-color";
  const args = ["--config-file", config, "run", schema, "--url", origin, ...asWhom, ...howMuch];
  args.push("--checks", checks.join(","), ...fixed.split(" "));
  return new Promise((resolve) => {
    const child = execFile(program, args, { maxBuffer: 1e8 }, (_error, stdout, stderr) => {
      const requests = Number(/(\d+) generated/.exec(stdout)?.[1] ?? 0);
      resolve({ status: child.exitCode, said: stdout + stderr, requests });
    });
  });
}

/** The tool's generator knows no `\p{…}`: there it sends any text. */
function withoutUnicodeClasses(document: string): string {
  return JSON.stringify(JSON.parse(document), (name, value: unknown) =>
    name === "pattern" && typeof value === "string" && value.includes("\\p{") ? undefined : value,
  );
}
