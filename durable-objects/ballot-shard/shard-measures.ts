import type { Meter } from "../../src/telemetry/metrics/meter.ts";

/** What is measured of a shard; it hears nothing of sealed decisions. */
export interface ShardMeasures {
  /** A commit that decided on so many requests was written, and is on its way to the disk. */
  onCommit(requests: number): void;
  /** A drain has published ballots, of which the oldest had waited so long. */
  onDrain(ageMs: number): void;
}

/** Measures by this meter; `whenDurable` tells when all that was written is on disk. */
export function shardMeasures(meter: Meter, whenDurable: () => Promise<void>): ShardMeasures {
  if (!meter.isOn) return { onCommit: () => {}, onDrain: () => {} };
  let isWaiting = false;
  /** One at a time: waiting for the disk is not for free. */
  const measureCommit = async (): Promise<void> => {
    isWaiting = true;
    const beganAt = Date.now();
    try {
      await whenDurable();
      meter.record("enviro.commit.duration", {}, (Date.now() - beganAt) / 1_000);
    } catch {
      // It resets the object, which tells of it.
    }
    isWaiting = false;
  };
  return {
    onCommit(requests) {
      meter.record("enviro.commit.size", {}, requests);
      if (!isWaiting) void measureCommit();
    },
    onDrain: (ageMs) => meter.record("enviro.outbox.age", {}, ageMs / 1_000),
  };
}
