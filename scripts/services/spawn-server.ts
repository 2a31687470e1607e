import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { markProcess, type ProcessMark } from "./process-mark.ts";
import type { Command, ServiceName } from "./service.ts";
import { servicesFolder } from "./state-file.ts";

const linesShown = 20;

/** Where a service's server writes what it has to say, start after start. */
function logFile(name: ServiceName): string {
  return join(servicesFolder, `${name}.log`);
}

/** Starts a server that outlives this process, its output in its log file. */
export function spawnServer(
  name: ServiceName,
  { file, args, env }: Command,
): { mark: ProcessMark; lastLines: () => string } {
  mkdirSync(servicesFolder, { recursive: true });
  const log = openSync(logFile(name), "a");
  const child = spawn(file, args, {
    // Postgres looks for its working folder again, as a user who may not see the project's.
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, ...env },
  });
  closeSync(log);
  child.unref();
  const lastLines = (): string =>
    readFileSync(logFile(name), "utf8").trimEnd().split("\n").slice(-linesShown).join("\n");
  const mark = child.pid === undefined ? null : markProcess(child.pid);
  if (mark === null) throw new Error(`${name} could not be started:\n${lastLines()}`);
  return { mark, lastLines };
}
