import { createHash } from "node:crypto";
import { rollText, shardRollHead, shardRollLine } from "../../decision/roll.ts";
import { shardOf } from "../../decision/shard-map.ts";
import type { ApiClient } from "../client/api-client.ts";
import { rollPageSchema, rollStatusSchema, type RollVoterAnswer } from "../client/contract.ts";
import type { Fault, LogRule } from "./check-log.ts";
import type { Difference } from "./difference.ts";
import type { ShardRecount } from "./shard-recount.ts";

/** 5,000 voters are about 350 kB of JSON. */
const pageVoters = 5_000;

type Figures = { voters: number; weight: bigint };

/** What a walk over a shard's part of the roll came to. */
export type ShardRollReport = {
  hash: string;
  regions: ReadonlyMap<string, Figures>;
  faults: Fault[];
};

/**
 * Walks a shard's part of the roll once, by pid: hashes and counts it anew, and finds for every counted ballot of the shard its voter with that
 * region and weight. The first fault of each kind is reported, since the others have the same cause.
 */
export async function checkShardRoll(
  client: ApiClient,
  rule: LogRule,
  recount: ShardRecount,
): Promise<ShardRollReport> {
  const hash = createHash("sha256").update(shardRollHead(rule.decision, rule.shard));
  const regions = new Map<string, Figures>();
  const faults = new Map<string, Fault>();
  const report = (kind: string, fault: Fault): void => {
    if (!faults.has(kind))
      faults.set(kind, { ...fault, place: `shard ${rule.shard}${fault.place}` });
  };
  let last = "";
  let found = 0;
  for await (const voter of readRoll(client, rule)) {
    const { pid, region, weight } = voter;
    const place = `, pid ${pid}`;
    if (pid <= last) report("order", { place, expected: `a pid after ${last}`, actual: pid });
    last = pid;
    const home = shardOf(pid, rule.shards);
    if (home !== rule.shard) {
      report("home", {
        place,
        expected: `a pid of shard ${rule.shard}`,
        actual: `of shard ${home}`,
      });
    }
    hash.update(shardRollLine(pid, { region, weight }));
    const figures = regions.get(region) ?? { voters: 0, weight: 0n };
    figures.voters += 1;
    figures.weight += BigInt(weight);
    regions.set(region, figures);
    const counted = recount.countedOf(pid);
    if (counted === null) continue;
    found += 1;
    if (counted.region === region && counted.weight === weight) continue;
    const [expected, actual] = [{ region, weight }, counted].map(describeEntry);
    report("entry", { place, expected: expected ?? "", actual: actual ?? "" });
  }
  if (found !== recount.voters) {
    const expected = "every counted ballot's voter on the roll";
    report("strangers", { place: "", expected, actual: `${recount.voters - found} who are not` });
  }
  return { hash: hash.digest("hex"), regions, faults: [...faults.values()] };
}

/** Compares the roll that the manifest froze with what its shards hold: its hash, and its figures, whole and by region. */
export async function checkRoll(
  client: ApiClient,
  decision: string,
  shards: readonly ShardRollReport[],
): Promise<Difference[]> {
  const { roll } = await client.get(`/decisions/${decision}/roll`, rollStatusSchema);
  const hash = createHash("sha256")
    .update(
      rollText(
        decision,
        shards.map((shard) => shard.hash),
      ),
    )
    .digest("hex");
  const regions = new Map<string, Figures>();
  for (const [region, { voters, weight }] of shards.flatMap((shard) => [...shard.regions])) {
    const sum = regions.get(region) ?? { voters: 0, weight: 0n };
    regions.set(region, { voters: sum.voters + voters, weight: sum.weight + weight });
  }
  const figures = [...regions.values()];
  const whole = {
    voters: figures.reduce((sum, { voters }) => sum + voters, 0),
    weight: figures.reduce((sum, { weight }) => sum + weight, 0n),
  };
  const shown = new Map(roll?.regions.map((row) => [row.region, describeFigures(row)]));
  const pairs: [place: string, expected: string, actual: string][] = [
    ["hash", hash, roll?.hash ?? "no roll"],
    ["whole", describeFigures(whole), roll === null ? "no roll" : describeFigures(roll)],
    // A decision without regions shows the whole alone.
    ...[...regions].flatMap(([region, sum]): [string, string, string][] =>
      region === ""
        ? []
        : [[`region ${region}`, describeFigures(sum), shown.get(region) ?? "no such region"]],
    ),
  ];
  return pairs
    .filter(([, expected, actual]) => expected !== actual)
    .map(([place, expected, actual]) => ({
      kind: "wrong",
      decision,
      layer: "roll",
      place,
      expected,
      actual,
    }));
}

async function* readRoll(client: ApiClient, rule: LogRule): AsyncGenerator<RollVoterAnswer> {
  const path = `/decisions/${rule.decision}/audit/shards/${rule.shard}/roll`;
  let after: string | null = "";
  while (after !== null) {
    const page: { voters: RollVoterAnswer[]; next: string | null } = await client.get(
      `${path}?after=${after}&limit=${pageVoters}`,
      rollPageSchema,
    );
    yield* page.voters;
    after = page.next;
  }
}

function describeEntry({ region, weight }: { region: string; weight: number }): string {
  return `region "${region}", weight ${weight}`;
}

function describeFigures({ voters, weight }: { voters: number; weight: bigint | string }): string {
  return `${voters} voters, weight ${weight}`;
}
