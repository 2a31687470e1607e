import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { disclosures, visibilities } from "../../../src/decision/decision.ts";
import { releaseClock } from "../../support/worker/clock.ts";
import {
  castSeeded,
  closeSeeded,
  openSeededElection,
  seededVotes,
  swapSeededOpenings,
  swapSeededVotes,
  type Seen,
  type SeededTerms,
} from "../../support/worker/swapped-votes/seeded-election.ts";
import { unaskedRoutes, walkRoutes } from "../../support/worker/swapped-votes/walk-routes.ts";

// The whole Worker, with objects, queue and database: two elections on empty platforms with the
// same keys and randomness, in which four pairs of voters swap their votes. Every route is asked by
// every role while votes come, after the close and after certification. Nothing is blanked out.
// Thousands of pairs of random elections are in test/unit/secrecy/swapped-votes.test.ts.

afterEach(() => {
  vi.restoreAllMocks();
  releaseClock();
});

/** Everything that is seen of an election, to its end or, in a roll call, until its close. */
async function watchElection(
  seed: number,
  { isSwapped, ...terms }: SeededTerms & { isSwapped: boolean },
): Promise<Seen[]> {
  const election = await openSeededElection(seed, terms);
  expect(unaskedRoutes(election)).toEqual([]);
  if (isSwapped) await swapSeededOpenings(election);
  const votes = seededVotes(seed);
  await castSeeded(election, isSwapped ? swapSeededVotes(votes) : votes);
  const seen = [...(await walkRoutes(election))];
  if (terms.disclosure !== "roll_call") {
    const certify = await closeSeeded(election);
    seen.push(...(await walkRoutes(election)));
    await certify();
    seen.push(...(await walkRoutes(election)));
  }
  return [...election.seen, ...seen];
}

/** What was answered otherwise, from shortly before where it differs. */
function differencesOf(one: readonly Seen[], other: readonly Seen[]): string[][] {
  return one.flatMap(({ asked, answer }, at) => {
    const second = other[at]?.answer ?? "";
    if (asked === other[at]?.asked && answer === second) return [];
    let from = 0;
    while (answer[from] !== undefined && answer[from] === second[from]) from += 1;
    const shown = (text: string): string => text.slice(Math.max(0, from - 60), from + 60);
    return [[asked, shown(answer), shown(second)]];
  });
}

/** Of each pair of a disclosure and a visibility; a live roll call has nothing to hide. */
const kinds = disclosures.flatMap((disclosure) =>
  visibilities
    .filter((visibility) => disclosure !== "roll_call" || visibility !== "live")
    .map((visibility, index) => ({ disclosure, visibility, shards: 1 + (index % 3) })),
);
/** The others differ less from these; `npm run test:secrecy` holds all. */
const everyday = new Set([
  "roll_call turnout",
  "pseudonymous live",
  "pseudonymous turnout",
  "aggregate sealed",
]);
const isHeld = ({ disclosure, visibility }: SeededTerms): boolean =>
  inject("holdAllKinds") || everyday.has(`${disclosure} ${visibility}`);

describe("two voters of one region and weight who swap their votes", () => {
  it.each(kinds.filter(isHeld))(
    "are seen alike on every route by every role ($disclosure, $visibility, $shards shards)",
    async (terms) => {
      const one = await watchElection(7, { ...terms, isSwapped: false });
      const other = await watchElection(7, { ...terms, isSwapped: true });
      expect(differencesOf(one, other)).toEqual([]);
      expect(other.length).toBe(one.length);
    },
  );
});
