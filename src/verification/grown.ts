type GrowingArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The array itself, or one of at least `length` places with the same start. */
export function grown<Growing extends GrowingArray>(array: Growing, length: number): Growing {
  if (length <= array.length) return array;
  // A subclass of the same kind: the type parameter says which.
  const Kind = array.constructor as new (length: number) => Growing;
  const larger = new Kind(Math.max(length, 2 * array.length));
  larger.set(array);
  return larger;
}
