/** What of `rolls` is looked at: an import's part by its number, null while it is being loaded. */
type KeptRolls = { v: number; value: ReadonlyMap<number, unknown> };

/** What a look leaves out of imports of a roll that are under way. */
export interface RunningImports {
  tables: ReadonlySet<string>;
  /** The value `rolls` without them. */
  rolls: unknown;
}

/**
 * Imports of a roll that are under way: rooms and shards are looked at one after the other, so that
 * half of an import would be missing. Whoever imports begins again.
 */
export function runningImports(kept: unknown): RunningImports {
  if (kept === undefined) return { tables: new Set(), rolls: kept };
  // Written by `ShardRolls` and by nothing else.
  const rolls = kept as KeptRolls;
  const parts = [...rolls.value];
  const running = parts.filter(([, part]) => part === null).map(([number]) => `roll_${number}`);
  return {
    tables: new Set(running.flatMap((name) => [name, `${name}_batches`])),
    rolls: { ...rolls, value: new Map(parts.filter(([, part]) => part !== null)) },
  };
}
