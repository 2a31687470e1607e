/**
 * Asks about items group by group, all groups at once, and gives an answer each in the order of the
 * items; `missing` for one that a group's answers lack.
 */
export async function askInGroups<Item, Answer>(
  items: readonly Item[],
  groupOf: (item: Item, index: number) => number,
  ask: (group: number, items: readonly Item[]) => Promise<readonly Answer[]>,
  missing: Answer,
): Promise<Answer[]> {
  const byGroup = Map.groupBy(items.entries(), ([index, item]) => groupOf(item, index));
  const answers = items.map(() => missing);
  await Promise.all(
    [...byGroup].map(async ([group, entries]) => {
      const said = await ask(
        group,
        entries.map(([, item]) => item),
      );
      for (const [offset, [index]] of entries.entries()) answers[index] = said[offset] ?? missing;
    }),
  );
  return answers;
}
