import type { ApiRegion } from "../contract.ts";

/** The name of a region by its code; the code where the decision names none. */
export function regionName(regions: readonly ApiRegion[], code: string): string {
  return regions.find((region) => region.code === code)?.name ?? code;
}

/** The beginning of a hash, as a row without a name is called. */
export function shortHash(hash: string): string {
  return `${hash.slice(0, 8)}…`;
}
