import { limits } from "../../shared/limits.ts";

/** What is said of a D1 database of this size (bytes): nothing, until half of it is used. */
export function sizeWarnings(bytes: number): string[] {
  const reached = limits.d1WarningPercents.findLast(
    (percent) => bytes * 100 >= limits.d1BytesMax * percent,
  );
  if (reached === undefined) return [];
  const gigabytes = (bytes / 1e9).toFixed(1);
  return [
    `D1 holds ${gigabytes} of ${limits.d1BytesMax / 1e9} GB, more than ${reached} %: docs/operations.md, "When D1 fills up"`,
  ];
}
