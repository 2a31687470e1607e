import type { DisclosedId } from "../decision/visibility.ts";
import type { BallotCursor, PlacedBallot } from "../database/database.ts";
import { limits } from "../limits.ts";
import type { HttpDeps } from "./deps.ts";

/** A decision whose ballots are public, and its regions that are too small to be named beside a ballot. */
export type Exported = { id: DisclosedId; mergedRegions: ReadonlySet<string> };

/**
 * A ballot of a region that results show merged is shown without its region, or whoever counts the export would have what they leave out. The
 * ballots without a region add up to the merged cell. A voter's receipt still holds: its hash is made with the region, which the voter knows.
 */
export function withoutSmallRegion(
  { mergedRegions }: Exported,
  ballot: PlacedBallot,
): PlacedBallot {
  return mergedRegions.has(ballot.region) ? { ...ballot, region: "" } : ballot;
}

/** All ballots of a decision as NDJSON, a page of the database at a time: memory stays the same however many there are. */
export function ndjsonExport(deps: HttpDeps, exported: Exported): ReadableStream<Uint8Array> {
  return streamBallots(deps, exported, "", (ballot) => `${JSON.stringify(exportRow(ballot))}\n`);
}

/** The same as CSV (RFC 4180) with a header line. */
export function csvExport(deps: HttpDeps, exported: Exported): ReadableStream<Uint8Array> {
  const head = "shard,seq,pid,choice,region,weight,accepted_at\r\n";
  return streamBallots(
    deps,
    exported,
    head,
    (ballot) => `${Object.values(exportRow(ballot)).map(csvField).join(",")}\r\n`,
  );
}

function exportRow({ shard, seq, pid, choice, region, weight, acceptedAt }: PlacedBallot) {
  const accepted_at = new Date(acceptedAt).toISOString();
  return { shard, seq, pid, choice, region, weight, accepted_at };
}

function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function streamBallots(
  deps: HttpDeps,
  exported: Exported,
  head: string,
  encode: (ballot: PlacedBallot) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: BallotCursor | null = null;
  return new ReadableStream({
    start(controller) {
      if (head !== "") controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      const query = { decisionId: exported.id, after, perPage: limits.exportPageBallots };
      const page = await deps.database.listBallots(query);
      if (page.items.length > 0) {
        controller.enqueue(
          encoder.encode(
            page.items.map((ballot) => encode(withoutSmallRegion(exported, ballot))).join(""),
          ),
        );
      }
      after = page.next;
      if (page.next === null) controller.close();
    },
  });
}
