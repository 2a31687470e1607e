import { z } from "zod";
import type { ComputedStatistics } from "../search/computed-statistics.ts";

const count = z.int().min(0);
const facet = z.array(z.strictObject({ value: z.string(), count }));
const counts = z.strictObject({ yes: count, no: count, abstain: count });
const moment = z.int().min(0);

/** Statistics as they are cached. A change raises the format: entries of another one are foreign. */
const entrySchema = z.strictObject({
  format: z.literal(1),
  name: z.string(),
  ballotsCounted: count.nullable(),
  indexedTo: moment.nullable(),
  computedAt: moment,
  statistics: z.strictObject({
    decisions: z.strictObject({
      total: count,
      byStatus: facet,
      byOutcome: facet,
      byMonth: facet,
      turnout: z.strictObject({ decisions: count, electorate: count, voted: count }),
    }),
    ballots: z.strictObject({
      total: counts,
      byRegion: z.array(z.strictObject({ region: z.string().nullable(), counts })),
      otherRegions: counts,
      byMonth: z.array(z.strictObject({ month: z.string(), counts })),
    }),
  }),
});

export function encodeStatistics(name: string, computed: ComputedStatistics): string {
  return JSON.stringify({ format: 1, name, ...computed });
}

/** The statistics that a text stands for, or null where it is none of this name. */
export function decodeStatistics(name: string, text: string): ComputedStatistics | null {
  const entry = entrySchema.safeParse(parseJson(text)).data;
  if (entry?.name !== name) return null;
  const { format: _, name: __, ...computed } = entry;
  return computed;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
