import { vi } from "vitest";

/** Stops the clock of tests, Worker and objects (they share one isolate) at this moment, in ms. Timers and alarms stay real. */
export function stopClockAt(at: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: at });
}

export function releaseClock(): void {
  vi.useRealTimers();
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
