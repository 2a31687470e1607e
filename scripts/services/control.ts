import { setTimeout as sleep } from "node:timers/promises";
import { catalogue } from "./catalogue.ts";
import { serviceLocation } from "./service-location.ts";
import { isRunning, withDescendants, type ProcessMark } from "./process-mark.ts";
import type { ServiceName } from "./service.ts";
import { spawnServer } from "./spawn-server.ts";
import { readServiceState, writeServiceState } from "./state-file.ts";

type Log = (line: string) => void;

const pollMs = 50;
const readyMsMax = 120_000;
const stopMsMax = 60_000;
const progressEveryMs = 2_000;

/** Whether this services folder's server of that name runs. */
export function isServiceRunning(name: ServiceName): boolean {
  return runningProcess(name) !== null;
}

/** Starts those that do not run, and returns once all answer. */
export async function startMissing(names: readonly ServiceName[], log: Log): Promise<void> {
  for (const name of names) {
    if (!isServiceRunning(name)) log(`starting ${name} …`);
    await startService(name, log);
  }
}

/**
 * Starts a service on the ports and data that it had before, unless it runs, and returns once it
 * answers.
 */
export async function startService(name: ServiceName, log: Log): Promise<void> {
  const service = catalogue[name];
  for (const needed of service.needs ?? []) await startService(needed, log);
  const location = await serviceLocation(name);
  let mark = runningProcess(name);
  let lastLines = (): string => "";
  if (mark === null) {
    const command = await service.prepare(location, log);
    const server = spawnServer(name, command);
    ({ mark, lastLines } = server);
    const { ports } = location;
    writeServiceState(name, { ports, address: service.address(location), process: mark });
  }
  const isReady = (): Promise<boolean> => service.isReady(location);
  await waitUntilReady({ name, mark, isReady, log, lastLines });
  await service.provision?.(location);
}

/**
 * Stops a service as an operator does, with all written down, and returns once it has ended. Frozen
 * ones are thawed first.
 */
export async function stopService(name: ServiceName, log: Log): Promise<void> {
  const mark = runningProcess(name);
  if (mark === null) return;
  const all = withDescendants(mark);
  signal(all, "SIGCONT");
  signal([mark], catalogue[name].stopSignal);
  if (!(await haveEnded(all))) {
    log(`${name} did not stop in ${stopMsMax / 1_000} s and is killed`);
    signal(all, "SIGKILL");
    await haveEnded(all);
  }
  forgetProcess(name);
}

/** Ends a service and all its processes at once, as a power failure does. */
export async function killService(name: ServiceName): Promise<void> {
  const mark = runningProcess(name);
  if (mark === null) return;
  const all = withDescendants(mark);
  signal(all, "SIGKILL");
  await haveEnded(all);
  forgetProcess(name);
}

/**
 * Stops the clock of a service: its connections stay open and nothing answers, until it is thawed.
 */
export function freezeService(name: ServiceName): void {
  const mark = runningProcess(name);
  if (mark !== null) signal(withDescendants(mark), "SIGSTOP");
}

export function thawService(name: ServiceName): void {
  const mark = runningProcess(name);
  if (mark !== null) signal(withDescendants(mark), "SIGCONT");
}

function runningProcess(name: ServiceName): ProcessMark | null {
  const mark = readServiceState(name)?.process ?? null;
  return mark !== null && isRunning(mark) ? mark : null;
}

function forgetProcess(name: ServiceName): void {
  const state = readServiceState(name);
  if (state !== null) writeServiceState(name, { ...state, process: null });
}

interface StartingService {
  name: ServiceName;
  mark: ProcessMark;
  isReady: () => Promise<boolean>;
  log: Log;
  lastLines: () => string;
}

async function waitUntilReady({
  name,
  mark,
  isReady,
  log,
  lastLines,
}: StartingService): Promise<void> {
  const startedAt = performance.now();
  let reportedAt = startedAt;
  while (!(await isReady())) {
    const now = performance.now();
    if (!isRunning(mark)) throw new Error(`${name} ended while it started:\n${lastLines()}`);
    if (now - startedAt > readyMsMax) {
      throw new Error(`${name} did not answer in ${readyMsMax / 1_000} s:\n${lastLines()}`);
    }
    if (now - reportedAt > progressEveryMs) {
      log(`waiting for ${name} … ${Math.round((now - startedAt) / 1_000)} s`);
      reportedAt = now;
    }
    await sleep(pollMs);
  }
}

function signal(marks: readonly ProcessMark[], name: NodeJS.Signals): void {
  for (const mark of marks) {
    if (!isRunning(mark)) continue;
    try {
      process.kill(mark.pid, name);
    } catch (error) {
      // It ended by itself since the line above.
      if (isRunning(mark)) throw error;
    }
  }
}

async function haveEnded(marks: readonly ProcessMark[]): Promise<boolean> {
  const giveUpAt = performance.now() + stopMsMax;
  while (marks.some(isRunning)) {
    if (performance.now() > giveUpAt) return false;
    await sleep(pollMs);
  }
  return true;
}
