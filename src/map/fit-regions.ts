/** Which regions of a decision a map lacks, and which of its own the decision lacks. */
export interface RegionFit {
  missing: string[];
  unknown: string[];
}

/** Holds the regions of a map against those of a decision. */
export function fitRegions(drawn: readonly string[], codes: readonly string[]): RegionFit {
  const onMap = new Set(drawn);
  const known = new Set(codes);
  return {
    missing: codes.filter((code) => !onMap.has(code)),
    unknown: drawn.filter((code) => !known.has(code)),
  };
}
