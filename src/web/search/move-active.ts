/** The rows of a list that belongs to a field, and the key that was pressed in it. */
export type KeyInField = { key: string; count: number };

/**
 * Which row is active after a key: down and up go through the rows and, between the last and the
 * first, back to the field, which is null. Undefined where the key moves nothing.
 */
export function moveActive(
  active: number | null,
  { key, count }: KeyInField,
): number | null | undefined {
  // One place more than rows: the field itself comes after the last and before the first.
  const places = count + 1;
  const place = active ?? count;
  if (key !== "ArrowDown" && key !== "ArrowUp") return undefined;
  const moved = (place + (key === "ArrowDown" ? 1 : places - 1)) % places;
  return moved === count ? null : moved;
}
