import {
  CursorRefused,
  IndexRejected,
  type SearchIndex,
  type SearchReads,
  type SearchRebuild,
  SearchUnavailable,
  type SearchWriter,
} from "../search.ts";

/** What a database does for the embedded index. */
export interface EmbeddedParts {
  reads: Omit<SearchReads, "health">;
  writer: SearchWriter;
  rebuild: SearchRebuild;
}

/** What its errors say: whether it can't be asked now, and what is wrong in words that anybody may read. */
export interface DatabaseErrors {
  isOutage(error: unknown): boolean;
  problemOf(error: unknown): string;
}

/** The index in a deployment's own database. */
export function embeddedSearch(
  { reads, writer, rebuild }: EmbeddedParts,
  errors: DatabaseErrors,
): SearchIndex {
  const isOutage = (error: unknown) => errors.isOutage(error);
  return {
    ...telling(reads, isOutage),
    ...telling(writer, isOutage),
    rebuild: telling(rebuild, isOutage),
    async health() {
      try {
        return { kind: "embedded", problems: [], indexedTo: await reads.indexedTo() };
      } catch (error) {
        return { kind: "embedded", problems: [errors.problemOf(error)], indexedTo: null };
      }
    },
  };
}

/** The same calls; what they reject with in an outage is a `SearchUnavailable` around it. */
function telling<Kept extends { [Name in keyof Kept]: (...args: never[]) => Promise<unknown> }>(
  calls: Kept,
  isOutage: (error: unknown) => boolean,
): Kept {
  const told = Object.entries<(...args: never[]) => Promise<unknown>>(calls).map(([name, call]) => [
    name,
    async (...args: never[]) => {
      try {
        return await call(...args);
      } catch (error) {
        throw isAnswer(error) || !isOutage(error) ? error : new SearchUnavailable(error);
      }
    },
  ]);
  // Each call takes and gives what it did.
  return Object.fromEntries(told) as Kept;
}

/** What the port names by itself, whatever the database said. */
function isAnswer(error: unknown): boolean {
  return error instanceof IndexRejected || error instanceof CursorRefused;
}
