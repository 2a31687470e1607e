import { useEffect, useSyncExternalStore } from "react";
import type { AnswerSteps } from "./answer-steps.ts";

/** After the first view has its files, and long before somebody has marked and reviewed a ballot. */
const loadDelayMs = 1_000;
const retryIntervalMs = 3_000;

let loaded: AnswerSteps | null = null;
let isLoading = false;
const watchers = new Set<() => void>();

/**
 * What is shown once there is an answer; null until it is here, which is asked for at once where it
 * `isNeeded`. Who has it in memory sees a receipt also where the network is gone by then.
 */
export function useAnswerSteps(isNeeded: boolean): AnswerSteps | null {
  useEffect(() => {
    const preload = (): void => {
      if (navigator.onLine) void load();
    };
    const timers = [isNeeded ? setTimeout(load, 0) : setTimeout(preload, loadDelayMs)];
    if (isNeeded) timers.push(setInterval(load, retryIntervalMs));
    return () => {
      for (const timer of timers) clearTimeout(timer);
    };
  }, [isNeeded]);
  return useSyncExternalStore(subscribe, getLoaded, getLoaded);
}

function getLoaded(): AnswerSteps | null {
  return loaded;
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

async function load(): Promise<void> {
  if (loaded !== null || isLoading) return;
  isLoading = true;
  try {
    loaded = (await import("./answer-steps.ts")).default;
    for (const watcher of watchers) watcher();
  } catch {
    // It is asked for again for as long as it is needed.
  } finally {
    isLoading = false;
  }
}
