/** A square of one degree whose lower left corner is here, wound as RFC 7946 has it. */
export function squareAt(longitude: number, latitude: number, side = 1) {
  const [right, top] = [longitude + side, latitude + side];
  return [
    [longitude, latitude],
    [right, latitude],
    [right, top],
    [longitude, top],
    [longitude, latitude],
  ];
}

/** A feature of one region. */
export function featureOf(id: string | number | undefined, ...rings: unknown[]) {
  const geometry = { type: "Polygon", coordinates: rings };
  return { type: "Feature", ...(id === undefined ? {} : { id }), properties: {}, geometry };
}

/** A whole GeoJSON document. */
export function collectionOf(...features: object[]) {
  return { type: "FeatureCollection", features };
}

/** Two regions that share a border: north, and south below it. */
export const twoSquares = collectionOf(
  featureOf("north", squareAt(10, 51)),
  featureOf("south", squareAt(10, 50)),
);

/** A coast of so many positions around a point, with bays of many sizes. */
export function jaggedRing(
  positions: number,
  [longitude, latitude]: [number, number],
  radius = 1,
): number[][] {
  const ring = Array.from({ length: positions }, (_, index) => {
    const angle = (2 * Math.PI * index) / positions;
    const wave = Math.sin(angle * 7) / 5 + Math.sin(angle * 61) / 15 + Math.sin(angle * 997) / 40;
    const reach = radius * (1 + wave);
    return [longitude + reach * Math.cos(angle), latitude + reach * Math.sin(angle)];
  });
  return [...ring, ...ring.slice(0, 1)];
}
