const readersMax = 4;

/**
 * Does a slow thing for each item, a few at a time, so that a list of decisions asks for its
 * results without a burst. A failing item does not hold up the others.
 * @template Item
 * @param {readonly Item[]} items
 * @param {(item: Item) => Promise<void>} act handles its own errors
 */
export async function inTurn(items, act) {
  const waiting = items.values();
  const reader = async () => {
    // The readers share one iterator, so each item is taken once.
    for (const item of waiting) await act(item);
  };
  await Promise.all(Array.from({ length: readersMax }, reader));
}
