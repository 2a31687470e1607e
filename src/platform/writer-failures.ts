import { describeCause } from "../shared/loggable-error.ts";
import { limits } from "../shared/limits.ts";
import { versionedRegistry } from "./objects/versioned-stubs.ts";
import { reportFailure } from "./report-failure.ts";

/** When this isolate has told what its queue consumer met last (ms), by environment. */
const toldAt = new WeakMap<Env, number>();

/** Tells the registry why a queue's batch could not be written, so that readiness can. */
export async function tellWriterFailure(env: Env, error: unknown): Promise<void> {
  const now = Date.now();
  const last = toldAt.get(env);
  if (last !== undefined && now - last < limits.writerFailureToldMs) return;
  toldAt.set(env, now);
  await tell(env, { cause: describeCause(error), at: now });
}

/** Takes back what this isolate has told, where it has; that of others ends by itself. */
export async function tellWriterSuccess(env: Env): Promise<void> {
  if (toldAt.delete(env)) await tell(env, null);
}

async function tell(env: Env, failure: { cause: string; at: number } | null): Promise<void> {
  try {
    await versionedRegistry(env.REGISTRY).noteWriterFailure(failure);
  } catch (error) {
    reportFailure("writer.failure_not_told", error);
  }
}
