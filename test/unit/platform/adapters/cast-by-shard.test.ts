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
            const cast: [request: CastRequest, shard: number][] = [];
            const shards = shardsOver(models, roll, now);
            const answers = await castByShard(manifest, step.batch, {
              ...shards,
              cast(shard, some) {
                for (const request of some) cast.push([request, shard]);
                return shards.cast(shard, some);
              },
            });
            expect(answers).toEqual(step.batch.map((request) => naive.cast(request, moment)));
            // At the hinted shard and then at the holder: in no other's queue.
            for (const request of step.batch) {
              const at = cast.flatMap(([one, shard]) => (one === request ? [shard] : []));
              expect(at.slice(1)).toEqual(at.length === 1 ? [] : [homeOf(request.pid, roll)]);
            }
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
          const nextFault = () => faults[calls++ % faults.length];
          const shards = shardsOver(models, roll, moments.open);
          const failing: typeof shards = {
            async cast(shard, some) {
              const fault = nextFault();
              if (fault === "overloaded") return some.map((): ShardFailure => "overloaded");
              const outcomes = await shards.cast(shard, some);
              return fault === "lost" ? some.map((): ShardFailure => "unavailable") : outcomes;
            },
            areOnRoll: async (shard, pids) =>
              nextFault() === "none" ? shards.areOnRoll(shard, pids) : null,
          };
          for (const batch of batches) {
            const outcomes = await castByShard(manifest, batch, failing);
            for (const [index, request] of batch.entries()) {
              const outcome = outcomes[index];
              if (typeof outcome !== "object") continue;
              if (outcome.kind !== "refused") given.push([request, outcome]);
              // Silence makes nobody a stranger.
              else if (outcome.code === "vote.not_on_roll")
                expect(roll.map(([pid]) => pid)).not.toContain(request.pid);
            }
          }
          expectAtHome(models, roll);
          for (const [request, { receipt }] of given as [CastRequest, { receipt: object }][]) {
            const again = { ...request, region: request.region === "east" ? "south" : "east" };
            const after = shardsOver(models, roll, moments.after);
            const answers = await castByShard(manifest, [again], after);
            expect(answers).toEqual([{ kind: "repeated", receipt }]);
          }
        },
      ),
      { numRuns: randomRuns(300) },
    );
  });

  it("take one call where the claim is true, and are sought in the other groups where it is not", async () => {
    const pid = "a".repeat(22);
    const roll: Listed = [[pid, { region: "south", weight: 1 }]];
    const callsOf = async (region: string, moment: keyof typeof moments = "open") => {
      const called: string[] = [];
      const shards = shardsOver(modelsOf("final", roll), roll, moments[moment]);
      const groupOf = (shard: number) => shardMap[shard]?.group ?? 0;
      const asked = fc.sample(requestArbitrary, 1).map((one) => ({ ...one, pid, region }));
      await castByShard(manifest, asked, {
        cast(shard, some) {
          called.push(`cast at ${groupOf(shard)}`);
          return shards.cast(shard, some);
        },
        areOnRoll(shard, pids) {
          called.push(`roll of ${groupOf(shard)}`);
          return shards.areOnRoll(shard, pids);
        },
      });
      return called;
    };
    expect(await callsOf("south")).toEqual(["cast at 1"]);
    for (const region of ["north", "nowhere"])
      expect(await callsOf(region)).toEqual(["cast at 0", "roll of 1", "roll of 2", "cast at 1"]);
    expect(await callsOf("east")).toEqual(["cast at 2", "roll of 0", "roll of 1", "cast at 1"]);
    for (const moment of ["before", "after"] as const) {
      expect(await callsOf("south", moment)).toEqual(["cast at 1", "roll of 1"]);
      const wrong = ["cast at 0", "roll of 0", "roll of 1", "roll of 2", "cast at 1"];
      expect(await callsOf("north", moment)).toEqual(wrong);
    }
  });
});

describe("of what shards say of one voter", () => {
  type Told = CastOutcome | ShardFailure;
  const refused = (code: VoteRefusal): CastOutcome => ({ kind: "refused", code });
  const [onNone, closed] = [refused("vote.not_on_roll"), refused("decision.closed")];
  const [early, pending] = [refused("decision.not_open"), refused("decision.extension_pending")];
  const expired = refused("token.expired");
  const final = refused("vote.already_cast");
  const receipt = { decisionId: "delta", ballotHash: "", r: "", u: "", c: "" };
  const repeated: CastOutcome = { kind: "repeated", receipt };
  const [yes, no, silent] = [true, false, null];

  it.each<[string, said: Told[], rolls: (boolean | null)[], told: Told]>([
    ["a receipt is told", [repeated], [], repeated],
    ["a refusal of who holds the voter is told", [final], [], final],
    ["that there is no room is told at once", ["overloaded"], [], "overloaded"],
    ["a holder elsewhere decides", [onNone, final], [no, yes, no], final],
    ["a holder's want of room is told", [onNone, "overloaded"], [no, yes, no], "overloaded"],
    ["a holder decides, whoever else is silent", [onNone, repeated], [no, yes, silent], repeated],
    ["silence leaves it unknown where none holds", [onNone], [no, silent, no], "unavailable"],
    ["nobody holds the voter", [onNone], [no, no, no], onNone],
    ["who is silent may hold the voter", ["unavailable"], [no, no, no], "unavailable"],
    ["a holder decides for who is silent", ["unavailable", repeated], [no, yes, no], repeated],
    ["who is pending knows of none", [pending], [no, no, no], pending],
    ["an early one knows of none", [early], [no, no, no], early],
    ["a window's word stands of its own voter", [closed], [yes, silent, silent], closed],
    ["a receipt is found after the close", [closed, repeated], [no, yes, no], repeated],
    ["a receipt is found for an old token", [expired, repeated], [no, yes, no], repeated],
    ["a window's word stands where its roll alone is silent", [closed], [silent, no, no], closed],
    ["silence leaves it unknown after the close too", [closed], [no, no, silent], "unavailable"],
  ])("%s", async (_, said, rolls, told) => {
    const asked = fc.sample(requestArbitrary, 1).map((one) => ({ ...one, region: "north" }));
    const answers = await castByShard(manifest, asked, {
      async cast(shard) {
        const outcome = said[shardMap[shard]?.group ?? 0];
        if (outcome === undefined) throw new Error(`no vote is cast at shard ${shard}`);
        return [outcome];
      },
      async areOnRoll(shard) {
        const isOn = rolls[shardMap[shard]?.group ?? 0];
        if (isOn === undefined) throw new Error(`the roll of shard ${shard} is not asked`);
        return isOn === null ? null : [isOn];
      },
    });
    expect(answers).toEqual([told]);
  });
});

/** What the shards are asked, without a network between. */
function shardsOver(
  models: readonly ShardModel[],
  roll: Listed,
  now: number,
): Parameters<typeof castByShard>[2] {
  const isOn = (pid: string, shard: number) =>
    roll.some(([listed]) => listed === pid) && homeOf(pid, roll) === shard;
  return {
    cast: async (shard, some) => castOn(models, shard, some, now),
    areOnRoll: async (shard, pids) => pids.map((pid) => isOn(pid, shard)),
  };
}

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
