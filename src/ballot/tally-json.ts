import type { Count, RegionTally, Tally } from "./tally.ts";

/**
 * A stored tally: a row a region, each count as [ballots, weight], the weight as a decimal string.
 */
export type TallyJson = [region: string, yes: CountJson, no: CountJson, abstain: CountJson][];
type CountJson = [ballots: number, weight: string];

export function tallyToJson(tally: Tally): TallyJson {
  return [...tally].map(([region, { yes, no, abstain }]) => [
    region,
    countToJson(yes),
    countToJson(no),
    countToJson(abstain),
  ]);
}

export function tallyFromJson(json: TallyJson): Tally {
  return new Map<string, RegionTally>(
    json.map(([region, yes, no, abstain]) => [
      region,
      { yes: countFromJson(yes), no: countFromJson(no), abstain: countFromJson(abstain) },
    ]),
  );
}

function countToJson({ ballots, weight }: Count): CountJson {
  return [ballots, String(weight)];
}

function countFromJson([ballots, weight]: CountJson): Count {
  return { ballots, weight: BigInt(weight) };
}
