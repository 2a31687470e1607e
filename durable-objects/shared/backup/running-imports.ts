import type { KeptTable } from "./kept-tables.ts";

/** What of `rolls` is looked at: an import's part by its number, null while it is being loaded. */
type KeptRolls = { v: number; value: ReadonlyMap<number, unknown> };

/**
 * Tables and values without imports of a roll that are under way: rooms and shards are looked at
 * one after the other, so that half of an import would be missing. Whoever imports begins again.
 */
export function withoutRunningImports(
  tables: readonly KeptTable[],
  values: readonly [string, unknown][],
): { tables: KeptTable[]; values: [string, unknown][] } {
  const rolls = values.find(([key]) => key === "rolls")?.[1] as KeptRolls | undefined;
  if (rolls === undefined) return { tables: [...tables], values: [...values] };
  const parts = [...rolls.value];
  const running = parts.filter(([, part]) => part === null).map(([number]) => `roll_${number}`);
  const dropped = new Set(running.flatMap((name) => [name, `${name}_batches`]));
  const kept = new Map(parts.filter(([, part]) => part !== null));
  return {
    tables: tables.filter(({ name }) => !dropped.has(name)),
    values: values.map(([key, value]) =>
      key === "rolls" ? [key, { ...rolls, value: kept }] : [key, value],
    ),
  };
}
