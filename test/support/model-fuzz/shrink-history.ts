import type { FuzzStep, ShardHistory } from "./history.ts";
import { liveHistory } from "./live-history.ts";

/** Lives that are tried at most, some milliseconds each. */
const triesMax = 3_000;

/** A history that fails, and what it fails with. */
export interface FailingHistory {
  history: ShardHistory;
  failure: unknown;
}

/** Leaves out of a failing history what it fails without. */
export async function shrinkHistory(start: FailingHistory): Promise<FailingHistory> {
  let shortest = start;
  let tries = 0;
  /** Whether it still fails with these steps; then they are taken over. */
  const isEnough = async (steps: FuzzStep[]): Promise<boolean> => {
    if (tries >= triesMax) return false;
    tries += 1;
    const history = { ...shortest.history, steps };
    const failure = await failureOf(history);
    if (failure === null) return false;
    shortest = { history, failure };
    return true;
  };
  for (let before = -1; before !== sizeOf(shortest.history);) {
    before = sizeOf(shortest.history);
    await dropSteps(() => shortest.history.steps, isEnough);
    for (let at = 0; at < shortest.history.steps.length; at += 1) {
      await simplifyStep(() => shortest.history.steps, { at, isEnough });
    }
  }
  return shortest;
}

/** What a history fails with, or null. */
export async function failureOf(history: ShardHistory): Promise<unknown> {
  try {
    await liveHistory(history);
    return null;
  } catch (error) {
    return error;
  }
}

/** Leaves out runs of steps: halves first, then ever shorter ones. */
async function dropSteps(
  current: () => readonly FuzzStep[],
  isEnough: (steps: FuzzStep[]) => Promise<boolean>,
): Promise<void> {
  for (let run = Math.ceil(current().length / 2); run >= 1; run = Math.floor(run / 2)) {
    for (let from = current().length - run; from >= 0; from -= run) {
      await isEnough(current().toSpliced(from, run));
    }
  }
}

/** Makes one step simpler: fewer requests, no failure, nothing in between. */
async function simplifyStep(
  current: () => readonly FuzzStep[],
  { at, isEnough }: { at: number; isEnough: (steps: FuzzStep[]) => Promise<boolean> },
): Promise<void> {
  const without = (member: "failAt" | "meanwhile"): FuzzStep | undefined => {
    const step = current()[at];
    if (step === undefined || !(member in step)) return undefined;
    return Object.fromEntries(Object.entries(step).filter(([name]) => name !== member)) as FuzzStep;
  };
  for (const member of ["failAt", "meanwhile"] as const) {
    const simpler = without(member);
    if (simpler !== undefined) await isEnough(current().with(at, simpler));
  }
  const step = current()[at];
  if (step?.kind !== "cast" && step?.kind !== "crash") return;
  for (let call = step.calls.length - 1; call >= 0; call -= 1) {
    for (let request = (step.calls[call] ?? []).length - 1; request >= 0; request -= 1) {
      const now = current()[at];
      if (now?.kind !== "cast" && now?.kind !== "crash") return;
      const calls = now.calls
        .map((one, index) => (index === call ? one.toSpliced(request, 1) : one))
        .filter((one) => one.length > 0);
      await isEnough(current().with(at, { ...now, calls }));
    }
  }
}

/** Steps, the requests in them, and what makes them special. */
function sizeOf({ steps }: ShardHistory): number {
  return JSON.stringify(steps).length;
}
