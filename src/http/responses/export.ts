import type { BallotCursor, ShardBallot } from "../../database/database.ts";
import { limits } from "../../shared/limits.ts";
import { csvField } from "./csv-field.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { viewBallot } from "./view-ballot.ts";
import { readWholePage, type Exported } from "./whole-ballots.ts";

/**
 * A ballot as everybody may see it. A ballot of a merged region has no region: counting the regions
 * would undo the merging. These ballots add up to the merged cell.
 */
export function viewPublicBallot({ mergedRegions }: Exported, ballot: ShardBallot) {
  const { shard } = ballot;
  const isMerged = mergedRegions.has(ballot.region);
  return { shard, ...viewBallot(isMerged ? { ...ballot, region: "" } : ballot) };
}

type PublicBallot = ReturnType<typeof viewPublicBallot>;

/**
 * All ballots of a decision as NDJSON, a page of the database at a time, in constant memory. Where
 * the database loses ballots meanwhile, the answer breaks off.
 * @throws {Problem} what its first page is refused for, before anything is sent
 */
export function ndjsonExport(
  deps: HttpDependencies,
  exported: Exported,
): Promise<ReadableStream<Uint8Array>> {
  const encode = (ballot: PublicBallot): string => `${JSON.stringify(ballot)}\n`;
  return streamBallots({ deps, exported, head: "", encode });
}

/** The same as CSV (RFC 4180) with a header line. */
export function csvExport(
  deps: HttpDependencies,
  exported: Exported,
): Promise<ReadableStream<Uint8Array>> {
  const head = "shard,seq,pid,choice,region,weight,accepted_at\r\n";
  const encode = (ballot: PublicBallot): string =>
    `${Object.values(ballot).map(csvField).join(",")}\r\n`;
  return streamBallots({ deps, exported, head, encode });
}

/** What is exported, what stands before the ballots, and how each is written. */
interface ExportStream {
  deps: HttpDependencies;
  exported: Exported;
  head: string;
  encode: (ballot: PublicBallot) => string;
}

async function streamBallots({
  deps,
  exported,
  head,
  encode,
}: ExportStream): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const readPage = (after: BallotCursor | null) =>
    readWholePage(deps, exported, { after, perPage: limits.exportPageBallots });
  let next: Awaited<ReturnType<typeof readPage>> | BallotCursor = await readPage(null);
  return new ReadableStream({
    start(controller) {
      if (head !== "") controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      const page =
        "items" in next
          ? next
          : await readPage(next).catch((error: unknown) => {
              deps.report("export.broken_off", error, { decision: exported.id });
              throw error;
            });
      if (page.items.length > 0) {
        const lines = page.items.map((ballot) => encode(viewPublicBallot(exported, ballot)));
        controller.enqueue(encoder.encode(lines.join("")));
      }
      if (page.next === null) controller.close();
      else next = page.next;
    },
  });
}
