/** Regions in their order, and the one that is looked at. */
export interface MapOrder {
  order: readonly string[];
  active: string | null;
}

/** Where a key leads from a region; undefined where it leads nowhere, null where it lets go. */
export function stepOf(key: string, { order, active }: MapOrder): string | null | undefined {
  if (key === "Escape") return active === null ? undefined : null;
  const at = active === null ? -1 : order.indexOf(active);
  const target = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: order.length - 1,
  }[key];
  if (target === undefined) return undefined;
  return order[Math.min(order.length - 1, Math.max(0, target))];
}
