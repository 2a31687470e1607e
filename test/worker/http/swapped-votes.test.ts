import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { RoomSearchFeed } from "../../../durable-objects/decision-room/search-feed.ts";
import { RoomResults } from "../../../durable-objects/decision-room/results.ts";
import { Shard } from "../../../durable-objects/ballot-shard/shard.ts";
import { disclosures, visibilities } from "../../../src/decision/decision.ts";
import { limits } from "../../../src/shared/limits.ts";
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
import { nameOf, servedRoutes } from "../../support/worker/routes.ts";
import { unaskedRoutes, walkRoutes } from "../../support/worker/swapped-votes/walk-routes.ts";

// The whole Worker, with objects, queue and database: two elections on empty platforms with the
// same keys and randomness, in which four pairs of voters swap their votes. Every route is asked by
// every role while votes come, after the close and after certification. Nothing is blanked out but
// `published_seq` and what readiness says.
// Thousands of pairs of random elections are in test/unit/secrecy/swapped-votes.test.ts.

// At each full minute a room asks its shards by itself, and writes its list. Alarms go by the platform's
// clock while the test's stands still, so they would do that before a vote or after it: here the
// minute ends in the year 2255, and `settleLists` does what is done then.
const { listedResultDelayMs } = limits;
beforeAll(() => void Reflect.set(limits, "listedResultDelayMs", 9 * 10 ** 12));
afterAll(() => void Reflect.set(limits, "listedResultDelayMs", listedResultDelayMs));

afterEach(() => {
  vi.restoreAllMocks();
  releaseClock();
});

/** Everything that is seen of an election, to its end or, in a roll call, until its close. */
async function watchElection(
  seed: number,
  { isSwapped, plant, ...terms }: SeededTerms & { isSwapped: boolean; plant?: () => void },
): Promise<Seen[]> {
  const election = await openSeededElection(seed, terms);
  expect(unaskedRoutes(election)).toEqual([]);
  if (isSwapped) await swapSeededOpenings(election);
  plant?.();
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

const routesAnswered = new Set<string>();

const decision = "/api/v1/decisions/{decisionId}";
/** What the walk is refused, whoever asks: the answer is a refusal alone, which is compared too. */
const refusedRoutes = new Set([
  // Of drafts, or the end of what is looked at.
  `PATCH ${decision}`,
  `DELETE ${decision}`,
  `PUT ${decision}/roll`,
  `POST ${decision}/roll/uploads`,
  `PUT ${decision}/roll/uploads`,
  `POST ${decision}/roll/uploads/finish`,
  `PUT ${decision}/map`,
  `DELETE ${decision}/map`,
  // Of objects that nobody uses, and of a platform that keeps earlier states.
  "PUT /api/v1/backups/{backup}/objects/{object}",
  `POST ${decision}/shards/{shard}/recovery`,
  // There is none.
  `GET ${decision}/map`,
  // Off here: nothing that is measured has a choice, which its list of labels holds.
  "GET /metrics",
  // It is there already: another decision's room would work on while the next platform begins.
  "POST /api/v1/decisions",
  `POST ${decision}/close`,
  `POST ${decision}/cancel`,
  // Without proof, and without a login.
  "POST /api/v1/voting/cast-vote",
  "POST /api/v1/voting/withdraw",
  `POST ${decision}/tokens/exchange`,
  // Of roll calls whose counts are shown.
  `GET ${decision}/votes/received`,
  `GET ${decision}/audit/shards/{shard}/ballots`,
  `GET ${decision}/audit/database/{shard}/ballots`,
  // There are none.
  "GET /api/v1/dead-letters/{deadLetterId}",
  "POST /api/v1/dead-letters/{deadLetterId}/replay",
  "POST /api/v1/dead-letters/{deadLetterId}/dismiss",
  "DELETE /api/v1/api-keys/{keyId}",
  "DELETE /api/v1/decisions/{decisionId}/station-keys/{keyId}",
]);

describe("two voters of one region and weight who swap their votes", () => {
  it.each(kinds.filter(isHeld))(
    "are seen alike on every route by every role ($disclosure, $visibility, $shards shards)",
    async (terms) => {
      const one = await watchElection(7, { ...terms, isSwapped: false });
      const other = await watchElection(7, { ...terms, isSwapped: true });
      expect(differencesOf(one, other)).toEqual([]);
      expect(other.length).toBe(one.length);
      for (const { answered } of one) if (answered !== undefined) routesAnswered.add(answered);
    },
  );
});

function yesVoters(shard: Shard): ReadonlySet<string> {
  const newest = new Map(shard.readBallots(0, 100).map(({ pid, choice }) => [pid, choice]));
  return new Set([...newest].flatMap(([pid, choice]) => (choice === "yes" ? [pid] : [])));
}

/** What a careless change might do, deep in the record. */
const leaks: { name: string; asked: string; plant: () => void }[] = [
  {
    name: "a version that moves with the true yes votes",
    asked: "results after",
    plant: () => {
      const shown: unknown = Reflect.get(RoomResults.prototype, "shown");
      vi.spyOn(RoomResults.prototype, "shown").mockImplementation(function (
        this: RoomResults,
        ...given
      ) {
        const found = Reflect.apply(shown as RoomResults["shown"], this, given);
        const yes = this.known(given[0])?.total.yes.ballots ?? 0;
        return found === null ? null : { ...found, asOf: found.asOf + yes };
      });
    },
  },
  {
    name: "a weight that is more where a voter said yes",
    asked: "/eligibility",
    plant: () => {
      const find: unknown = Reflect.get(Shard.prototype, "findOnRoll");
      vi.spyOn(Shard.prototype, "findOnRoll").mockImplementation(function (this: Shard, ...given) {
        const yes = yesVoters(this);
        const found = Reflect.apply(find as Shard["findOnRoll"], this, given);
        return found.map((entry, at) => {
          const more = yes.has(given[1][at] ?? "") ? 1 : 0;
          return entry === null ? null : { ...entry, weight: entry.weight + more };
        });
      });
    },
  },
  {
    name: "a look-up that knows who said yes",
    asked: "/look-ups",
    plant: () => {
      vi.spyOn(Shard.prototype, "haveVoted").mockImplementation(function (this: Shard, pids) {
        const yes = yesVoters(this);
        return pids.map((pid) => yes.has(pid));
      });
    },
  },
  {
    name: "a region of the search index that names who said yes",
    asked: "/search/decisions?q=river&facets=true",
    plant: () => {
      const shards = new Set<Shard>();
      const cast: unknown = Reflect.get(Shard.prototype, "castText");
      vi.spyOn(Shard.prototype, "castText").mockImplementation(function (this: Shard, ...given) {
        shards.add(this);
        return Reflect.apply(cast as Shard["castText"], this, given);
      });
      const entry: unknown = Reflect.get(RoomSearchFeed.prototype, "entry");
      vi.spyOn(RoomSearchFeed.prototype, "entry").mockImplementation(function (
        this: RoomSearchFeed,
      ) {
        const found = Reflect.apply(entry as RoomSearchFeed["entry"], this, []);
        if (found === null) return found;
        const yes = [...shards].flatMap((shard) => [...yesVoters(shard)]);
        const regions = [...found.document.regions, yes.toSorted().join("-")];
        return { ...found, document: { ...found.document, regions } };
      });
    },
  },
];

describe("the comparison", () => {
  it("has asked every route that is served, and got an answer", () => {
    const silent = servedRoutes()
      .map(nameOf)
      .filter((name) => !routesAnswered.has(name) && !refusedRoutes.has(name));
    expect(silent).toEqual([]);
  });

  it.each(leaks)("finds $name", async ({ asked, plant }) => {
    const terms = { disclosure: "roll_call", visibility: "turnout", shards: 1 } as const;
    const one = await watchElection(7, { ...terms, isSwapped: false, plant });
    const other = await watchElection(7, { ...terms, isSwapped: true, plant });
    const found = differencesOf(one, other).map(([question]) => question ?? "");
    expect(found.some((question) => question.includes(asked))).toBe(true);
  });
});
