import { createHash } from "node:crypto";
import { rollText, shardRollHead, shardRollLine } from "../../decision/roll.ts";
import type { Client } from "../../client/client.ts";
import { pagesOf } from "../../client/pages.ts";
import type { RollVoterAnswer } from "../api/answers.ts";
import { checkGroup, homeOf, type Fault, type LogRule } from "./check-log.ts";
import type { Difference } from "./difference.ts";
import type { ShardRecount } from "./shard-recount.ts";

/** 5,000 voters are about 350 kB of JSON. */
const pageVoters = 5_000;

type Figures = { voters: number; weight: bigint };

/** What a walk over a shard's part of the roll came to. */
export type ShardRollReport = {
  hash: string;
  regions: ReadonlyMap<string, Figures>;
};

/**
 * Walks a shard's part of the roll once, by pid: hashes and counts it anew, and finds for every
 * counted ballot of the shard its voter with that region and weight. Each fault is reported.
 */
export async function checkShardRoll(
  client: Client,
  rule: LogRule,
  recount: ShardRecount,
  onFault: (fault: Fault) => void,
): Promise<ShardRollReport> {
  const hash = createHash("sha256").update(shardRollHead(rule.decision, rule.shard));
  const regions = new Map<string, Figures>();
  const report = (fault: Fault): void =>
    onFault({ ...fault, where: `shard ${rule.shard}${fault.where}` });
  let last = "";
  let found = 0;
  for await (const voter of readRoll(client, rule)) {
    const { pid, region, weight } = voter;
    const where = `, pid ${pid}`;
    if (pid <= last) report({ where, expected: `a pid after ${last}`, actual: pid });
    last = pid;
    const home = homeOf(pid, rule);
    if (home !== rule.shard) {
      report({
        where,
        expected: `a pid of shard ${rule.shard}`,
        actual: `of shard ${home}`,
      });
    }
    for (const fault of checkGroup(region, rule))
      report({ ...fault, where: `${where}${fault.where}` });
    hash.update(shardRollLine(pid, voter));
    const figures = regions.get(region) ?? { voters: 0, weight: 0n };
    figures.voters += 1;
    figures.weight += BigInt(weight);
    regions.set(region, figures);
    const counted = recount.countedOf(pid);
    if (counted === null) continue;
    found += 1;
    if (counted.region === region && counted.weight === weight) continue;
    const [expected, actual] = [{ region, weight }, counted].map(describeEntry);
    report({ where, expected: expected ?? "", actual: actual ?? "" });
  }
  if (found !== recount.voters) {
    const expected = "every counted ballot's voter on the roll";
    report({ where: "", expected, actual: `${recount.voters - found} who are not` });
  }
  return { hash: hash.digest("hex"), regions };
}

/**
 * Compares the roll that the manifest froze with what its shards hold: its hash, and its figures,
 * whole and by region.
 */
export async function checkRoll(
  client: Client,
  decision: string,
  shards: readonly ShardRollReport[],
): Promise<Difference[]> {
  const path = { decisionId: decision };
  const { roll } = await client.call("GET /api/v1/decisions/{decisionId}/roll", { path });
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
  const pairs: [where: string, expected: string, actual: string][] = [
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
    .map(([where, expected, actual]) => ({
      kind: "wrong",
      decision,
      layer: "roll",
      where,
      expected,
      actual,
    }));
}

/**
 * Voters who stand in the parts of two shards, as they do in regions of two groups at the most: the
 * parts are walked side by side, by pid.
 */
export async function findVotersInTwoShards(
  client: Client,
  rules: readonly LogRule[],
  onFault: (fault: Fault) => void,
): Promise<void> {
  const walks = await Promise.all(
    rules.map(async (rule) => {
      const voters = readRoll(client, rule);
      return { shard: rule.shard, voters, next: await voters.next() };
    }),
  );
  let last = { pid: "", shard: -1 };
  for (;;) {
    let least: (typeof walks)[number] | null = null;
    let pid = "";
    for (const walk of walks) {
      if (walk.next.done === true) continue;
      const { pid: candidate } = walk.next.value;
      if (least === null || candidate < pid) [least, pid] = [walk, candidate];
    }
    if (least === null) return;
    const { shard } = least;
    if (pid === last.pid) {
      const [where, actual] = [`pid ${pid}`, `in those of shards ${last.shard} and ${shard}`];
      onFault({ where, expected: "a voter in one part", actual });
    }
    last = { pid, shard };
    least.next = await least.voters.next();
  }
}

async function* readRoll(
  client: Client,
  rule: Pick<LogRule, "decision" | "shard">,
): AsyncGenerator<RollVoterAnswer> {
  const path = { decisionId: rule.decision, shard: rule.shard };
  const pages = pagesOf((after: string | undefined) =>
    client.call("GET /api/v1/decisions/{decisionId}/audit/shards/{shard}/roll", {
      path,
      query: { after: after ?? "", limit: pageVoters },
    }),
  );
  for await (const page of pages) yield* page.voters;
}

function describeEntry({ region, weight }: { region: string; weight: number }): string {
  return `region "${region}", weight ${weight}`;
}

function describeFigures({ voters, weight }: { voters: number; weight: bigint | string }): string {
  return `${voters} voters, weight ${weight}`;
}
