import type { ReadManifest, SignedOutcome } from "./documents.ts";
import type { FindingList, ListName } from "./finding.ts";
import type { PublicationSource } from "./publication-source.ts";
import { readList, type ReadList, type VerificationProgress } from "./read-list.ts";
import { rowFormOf } from "./row-reader.ts";

interface ListsInput {
  source: PublicationSource;
  outcome: SignedOutcome;
  manifest: ReadManifest | null;
  findings: FindingList;
  signal: AbortSignal | undefined;
  onProgress: ((progress: VerificationProgress) => void) | undefined;
}

/** Both lists, read whole. */
export type ReadLists = Record<ListName, ReadList>;

/** Reads the counted list, then the others; progress is told of both together. */
export async function readBothLists(input: ListsInput): Promise<ReadLists> {
  const counted = await readOneList(input, "counted", 0);
  return { counted, others: await readOneList(input, "others", counted.bytes) };
}

async function readOneList(
  { source, outcome, manifest, findings, signal, onProgress }: ListsInput,
  list: ListName,
  bytesBefore: number,
): Promise<ReadList> {
  // Without its manifest the outcome still tells a roll call by its root of rows.
  const otherwise = outcome.rowsRoot === null ? "pseudonymous" : "roll_call";
  const { size } = outcome[list];
  const regions = manifest?.regions ?? null;
  return readList(await source.openList(list), {
    list,
    decisionId: outcome.decisionId,
    form: rowFormOf(list, manifest?.disclosure ?? otherwise),
    // A decision without regions has the empty code.
    regions: regions === null ? null : new Set(regions.length === 0 ? [""] : regions),
    hasRowsRoot: list === "counted" && outcome.rowsRoot !== null,
    size,
    findings,
    signal,
    onRows: (rows, bytes) =>
      onProgress?.({ phase: list, rows, rowsOf: size, bytes: bytesBefore + bytes }),
  });
}
