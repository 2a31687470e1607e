/** How many shards a decision has, those of all its groups together. */
export function countShards({
  shards,
  placement,
}: {
  shards: number;
  placement: readonly { shards: number }[];
}): number {
  return placement.reduce((sum, group) => sum + group.shards, shards);
}
