import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CastOutcome } from "../../../../src/ballot/cast-many.ts";
import { sumTallies } from "../../../../src/ballot/tally.ts";
import type { CastRequest, VoteRefusal } from "../../../../src/ballot/voter.ts";
import type { RollEntry } from "../../../../src/decision/roll.ts";
import {
  candidateShards,
  groupOfRegion,
  groupRanges,
  planShardMap,
} from "../../../../src/decision/shard-map.ts";
import { castByShard } from "../../../../src/platform/adapters/cast-by-shard.ts";
import type { ShardFailure } from "../../../../src/ports/ballots.ts";
import { cellsOf } from "../../../support/cells-of.ts";
import {
  batchesArbitrary,
  pidArbitrary,
  requestArbitrary,
  rollArbitrary,
  termsFor,
} from "../../ballot/election-arbitraries.ts";
import { randomRuns } from "../../../support/random-runs.ts";
import { NaiveElection } from "../../ballot/naive-election.ts";
import { ShardModel } from "../../ballot/shard-model.ts";

const placement = [
  { regions: ["south"], locationHint: null, shards: 1 },
  { regions: ["east"], locationHint: null, shards: 3 },
];
const shardMap = planShardMap({ shards: 2, locationHints: [], placement, expectedWatchers: 0 });
const manifest = { shardMap, placement };

type Listed = readonly [pid: string, entry: RollEntry][];

function homeOf(pid: string, roll: Listed): number {
  const entry = roll.find(([listed]) => listed === pid)?.[1];
  const group = entry === undefined ? 0 : groupOfRegion(entry.region, placement);
  return candidateShards(pid, shardMap)[group] ?? 0;
}

/** All shards of the map, each with its own part of the roll. */
function modelsOf(revotePolicy: "final" | "revisable", roll: Listed): ShardModel[] {
  return shardMap.map(({ group = 0 }, shard) => {
    const range = groupRanges(shardMap)[group] ?? { first: 0, shards: 0 };
    const terms = { ...termsFor(revotePolicy), shard, shards: shardMap.length, group: range };
    const part = roll.filter(([pid]) => homeOf(pid, roll) === shard);
    return new ShardModel({ ...terms, roll: { import: 1, hash: "" } }, new Map(part));
  });
}

const moments = { before: 500, open: 1_500, after: 2_500 } as const;
const momentArbitrary = fc.constantFrom("before", "open", "open", "open", "after");
const stepArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ batch: fc.array(requestArbitrary, { maxLength: 12 }) }) },
  { weight: 1, arbitrary: fc.record({ endedToken: pidArbitrary }) },
);
const policyArbitrary = fc.constantFrom("final" as const, "revisable" as const);

/** Every ballot stands in the shard on whose roll its voter stands. */
function expectAtHome(models: readonly ShardModel[], roll: Listed): void {
  for (const [shard, { log }] of models.entries())
    for (const { pid } of log) expect(homeOf(pid, roll)).toBe(shard);
}

describe("votes of voters placed by region", () => {
  it("are answered and counted as in a plain list, whatever regions are claimed and when", async () => {
    await fc.assert(
      fc.asyncProperty(
        policyArbitrary,
        rollArbitrary,
        fc.array(fc.tuple(momentArbitrary, stepArbitrary), { maxLength: 12 }),
        async (policy, roll, steps) => {
          const models = modelsOf(policy, roll);
          const naive = new NaiveElection(policy, { roll });
          for (const [moment, step] of steps) {
            if ("endedToken" in step) {
              naive.endToken(step.endedToken);
              models[homeOf(step.endedToken, roll)]?.endToken(step.endedToken);
              continue;
            }
            const now = moments[moment];
            const answers = await castByShard(manifest, step.batch, async (shard, some) =>
              castOn(models, shard, some, now),
            );
            expect(answers).toEqual(step.batch.map((request) => naive.cast(request, moment)));
          }
          expectAtHome(models, roll);
          expect(cellsOf(sumTallies(models.map(({ state }) => state.tally)))).toEqual(
            naive.count(),
          );
        },
      ),
      { numRuns: randomRuns(600) },
    );
  });

  it("are one voter's, and keep their receipts, whichever shards fail before or behind a commit", async () => {
    const faultArbitrary = fc.constantFrom("none", "none", "overloaded", "lost");
    await fc.assert(
      fc.asyncProperty(
        policyArbitrary,
        rollArbitrary,
        batchesArbitrary,
        fc.array(faultArbitrary, { minLength: 40, maxLength: 40 }),
        async (policy, roll, batches, faults) => {
          const models = modelsOf(policy, roll);
          const given: [request: CastRequest, outcome: CastOutcome][] = [];
          let calls = 0;
          const failing = async (shard: number, some: readonly CastRequest[]) => {
            const fault = faults[calls++ % faults.length];
            if (fault === "overloaded") return some.map((): ShardFailure => "overloaded");
            const outcomes = castOn(models, shard, some, moments.open);
            return fault === "lost" ? some.map((): ShardFailure => "unavailable") : outcomes;
          };
          for (const batch of batches) {
            const outcomes = await castByShard(manifest, batch, failing);
            for (const [index, request] of batch.entries()) {
              const outcome = outcomes[index];
              if (typeof outcome === "object" && outcome.kind !== "refused")
                given.push([request, outcome]);
            }
          }
          expectAtHome(models, roll);
          for (const [request, { receipt }] of given as [CastRequest, { receipt: object }][]) {
            const again = { ...request, region: request.region === "east" ? "south" : "east" };
            const answers = await castByShard(manifest, [again], async (shard, some) =>
              castOn(models, shard, some, moments.after),
            );
            expect(answers).toEqual([{ kind: "repeated", receipt }]);
          }
        },
      ),
      { numRuns: randomRuns(300) },
    );
  });

  it("take one call where the claim is true, and the other groups' where it says nothing", async () => {
    const roll: Listed = [["a".repeat(22), { region: "south", weight: 1 }]];
    const callsOf = async (region: string) => {
      const models = modelsOf("final", roll);
      const called: number[] = [];
      const [request] = fc.sample(requestArbitrary, 1);
      const asked = { ...request, pid: "a".repeat(22), region, choice: "yes" } as CastRequest;
      await castByShard(manifest, [asked], async (shard, some) => {
        called.push(shardMap[shard]?.group ?? 0);
        return castOn(models, shard, some, moments.open);
      });
      return called;
    };
    expect(await callsOf("south")).toEqual([1]);
    expect(await callsOf("north")).toEqual([0, 1, 2]);
    expect(await callsOf("nowhere")).toEqual([0, 1, 2]);
    expect(await callsOf("east")).toEqual([2, 0, 1]);
  });
});

describe("of what shards say of one voter", () => {
  const refused = (code: VoteRefusal): CastOutcome => ({ kind: "refused", code });
  const [onNone, closed] = [refused("vote.not_on_roll"), refused("decision.closed")];
  const pending = refused("decision.extension_pending");
  const final = refused("vote.already_cast");
  const receipt = { decisionId: "delta", ballotHash: "", r: "", u: "", c: "" };
  const repeated: CastOutcome = { kind: "repeated", receipt };

  it.each<[string, (CastOutcome | ShardFailure)[], CastOutcome | ShardFailure]>([
    ["a receipt stands before every refusal", [closed, onNone, repeated], repeated],
    ["a receipt stands before silence", ["unavailable", onNone, repeated], repeated],
    [
      "a refusal of who holds the voter stands before silence",
      ["overloaded", final, onNone],
      final,
    ],
    [
      "silence leaves it unknown while others don't hold the voter",
      [onNone, "overloaded", onNone],
      "overloaded",
    ],
    [
      "silence leaves it unknown after the close, too",
      [closed, closed, "unavailable"],
      "unavailable",
    ],
    ["the first silence is told", ["overloaded", "unavailable", onNone], "overloaded"],
    ["who does not hold the voter says nothing of the window", [onNone, pending, onNone], pending],
    ["the hinted shard's word is told among equal ones", [closed, pending, closed], closed],
    ["nobody holds the voter", [onNone, onNone, onNone], onNone],
  ])("%s", async (_, said, told) => {
    const asked = fc.sample(requestArbitrary, 1).map((one) => ({ ...one, region: "north" }));
    const answers = await castByShard(manifest, asked, async (shard) => {
      const outcome = said[shardMap[shard]?.group ?? 0];
      return outcome === undefined ? [] : [outcome];
    });
    expect(answers).toEqual([told]);
  });
});

function castOn(
  models: readonly ShardModel[],
  shard: number,
  requests: readonly CastRequest[],
  now: number,
): CastOutcome[] {
  const outcomes = models[shard]?.cast(requests, { now });
  if (outcomes === undefined) throw new Error(`no shard ${shard}`);
  return outcomes;
}
