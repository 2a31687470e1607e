import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { basename } from "node:path";

type OnSpawn = (process: ChildProcess) => void;

/**
 * Whose runtime is being spawned: a process may boot several platforms, and one of them must not
 * kill or measure another's.
 */
const watchers = new AsyncLocalStorage<OnSpawn>();

/**
 * Runs `boot`, and tells of each `workerd` that Miniflare spawns in it or later on its behalf, once
 * it has a pid. Miniflare keeps the process private, but a kill test must be able to kill it and a
 * benchmark must read its memory; Node announces every child process on a diagnostics channel, in
 * the asynchronous context of the one who spawned it.
 */
export function watchRuntime<T>(onSpawn: OnSpawn, boot: () => T): T {
  return watchers.run(onSpawn, boot);
}

subscribe("child_process", (message) => {
  const onSpawn = watchers.getStore();
  if (onSpawn === undefined) return;
  // Node documents this channel's message as `{ process: ChildProcess }`.
  const { process: child } = message as { process: ChildProcess };
  // The channel speaks before the program is started: there is no pid yet.
  child.once("spawn", () => {
    if (basename(child.spawnfile).startsWith("workerd")) onSpawn(child);
  });
});
