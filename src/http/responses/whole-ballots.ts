import {
  BallotsArchived,
  type ArchivedPart,
  type BallotCursor,
  type Page,
  type ShardBallot,
} from "../../database/database.ts";
import type { Visibility } from "../../decision/decision.ts";
import type { DisclosedId } from "../../decision/visibility.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { limits } from "../../shared/limits.ts";
import { Problem } from "../problem.ts";
import { findGap, type Gap, type SealedSeqs } from "./find-gap.ts";

/** A decision whose ballots are public, and its regions too small to be named beside a ballot. */
export type Exported = {
  id: DisclosedId;
  visibility: Visibility;
  mergedRegions: ReadonlySet<string>;
  sealed: SealedSeqs;
};

/**
 * Counts what the database has of a settled decision against its seals, for who is about to read
 * all of it: nobody is sent the half of it with a 200.
 * @throws {Problem} ballots.archived, ballots.incomplete
 */
export async function requireWholeBallots(
  deps: HttpDependencies,
  exported: Exported,
): Promise<void> {
  const { shards, archived } = await deps.database.readProjected(exported.id, []);
  if (archived.length > 0) throw archivedProblem(archived, exported.mergedRegions);
  const stored = new Map(shards.map(({ shard, ballots }) => [shard, ballots]));
  const sealed = new Map(exported.sealed.entries());
  const known = [...new Set([...sealed.keys(), ...stored.keys()])];
  const counts = known.flatMap((shard) => {
    const [found, ballots] = [stored.get(shard) ?? 0, sealed.get(shard) ?? 0];
    return found === ballots ? [] : [`of shard ${shard} ${found} of ${ballots}`];
  });
  if (counts.length > 0) throw incomplete(`The database has ${inWords(counts)} ballots.`);
}

/**
 * A page of a settled decision's ballots that is the record's: each ballot follows the one before.
 * @throws {Problem} ballots.archived, ballots.incomplete
 */
export async function readWholePage(
  deps: HttpDependencies,
  exported: Exported,
  { after, perPage }: { after: BallotCursor | null; perPage: number },
): Promise<Page<ShardBallot, BallotCursor>> {
  const query = { decisionId: exported.id, after, perPage };
  const page = await refuseArchived(deps.database.listBallots(query), exported.mergedRegions);
  const gap = findGap(exported.sealed, after, page);
  if (gap !== null) throw incomplete(describeGap(gap));
  return page;
}

/**
 * What was read, or a refusal that names what is archived. Regions that are shown merged are not
 * named: that one of them has ballots is not shown either.
 * @throws {Problem} ballots.archived
 */
export async function refuseArchived<Read>(
  reading: Promise<Read>,
  mergedRegions: ReadonlySet<string> = new Set(),
): Promise<Read> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof BallotsArchived)) throw error;
    throw archivedProblem(error.parts, mergedRegions);
  }
}

function archivedProblem(
  archived: readonly ArchivedPart[],
  mergedRegions: ReadonlySet<string>,
): Problem {
  const parts = new Set(archived.map((part) => describePart(part, mergedRegions)));
  const detail = `The ballots of ${inWords([...parts])} are archived. Ask the operator to attach their partitions again; the record has them.`;
  return new Problem("ballots.archived", { detail });
}

function describePart({ region, quarter }: ArchivedPart, merged: ReadonlySet<string>): string {
  if (region === "") return quarter;
  return `${merged.has(region) ? "regions shown as one" : region} in ${quarter}`;
}

function incomplete(what: string): Problem {
  const detail = `${what} The record has them all: an administrator can POST /api/v1/decisions/{id}/rebuild, which writes them again.`;
  return new Problem("ballots.incomplete", { detail });
}

function describeGap({ due, found }: Gap): string {
  const [missing, instead] = [due, found].map((ballot) =>
    ballot === null ? "the end" : `seq ${ballot.seq} of shard ${ballot.shard}`,
  );
  return `Where the record has ${missing}, the database has ${found === null ? "no ballot" : instead}.`;
}

/** The first few, and how many more there are. */
function inWords(items: readonly string[]): string {
  const named = items.slice(0, limits.missingNamedMax);
  const more = items.length - named.length;
  return named.join(", ") + (more === 0 ? "" : ` and ${more} more`);
}
