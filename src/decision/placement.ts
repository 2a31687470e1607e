import type { RuleFault } from "../rules/rule.ts";
import { limits } from "../shared/limits.ts";
import { cellVotersMin } from "./cell-voters-min.ts";
import { countShards } from "./count-shards.ts";
import type { DecisionDraft } from "./decision.ts";
import type { Roll } from "./roll.ts";
import { groupOfRegion } from "./shard-map.ts";

/** What of a draft its placement by region has to fit. */
type PlacedDraft = Pick<DecisionDraft, "electorate" | "regions" | "shards" | "placement">;

/** Why voters can't be placed by region as the draft says, the first faults with their pointers. */
export function findPlacementFaults(draft: PlacedDraft): RuleFault[] {
  const { placement, electorate } = draft;
  if (placement.length === 0) return [];
  const pointer = "/placement";
  if (electorate === "open") {
    const detail = "only with a roll: else a region is what a credential claims";
    return [{ pointer, detail }];
  }
  const faults = findRegionFaults(draft);
  if (countShards(draft) > limits.shardsMax)
    faults.unshift({ pointer, detail: `at most ${limits.shardsMax} shards, with \`shards\`` });
  return faults.slice(0, limits.placementFaultsTold);
}

function findRegionFaults({ regions, placement }: PlacedDraft): RuleFault[] {
  const free = new Set(regions.map(({ code }) => code));
  const known = new Set(free);
  const faults: RuleFault[] = [];
  for (const [index, group] of placement.entries()) {
    for (const [at, region] of group.regions.entries()) {
      const pointer = `/placement/${index}/regions/${at}`;
      if (!known.has(region)) faults.push({ pointer, detail: "the decision has no such region" });
      else if (!free.delete(region)) faults.push({ pointer, detail: "it has its shards already" });
    }
  }
  if (faults.length === 0 && free.size === 0) {
    const detail = "leave a region to the shards that `shards` says";
    faults.push({ pointer: "/placement", detail });
  }
  return faults;
}

/** What of a decision says how few voters a group has. */
export interface KnownGroups {
  draft: Pick<
    DecisionDraft,
    "disclosure" | "electorate" | "shards" | "placement" | "smallCellsMin"
  >;
  roll: Pick<Roll, "regions"> | null;
}

/**
 * Groups of regions that hold fewer voters a shard than are shown together: an outcome tells how
 * many ballots each shard took, and so how many of these few voted. None in roll calls, which tell
 * that anyway.
 */
export function findSmallGroups({ draft, roll }: KnownGroups): readonly RuleFault[] {
  const { disclosure, electorate, placement } = draft;
  if (disclosure === "roll_call" || electorate === "open" || roll === null) return [];
  if (placement.length === 0) return [];
  const voters = Array.from({ length: placement.length + 1 }, () => 0);
  for (const row of roll.regions) {
    const group = groupOfRegion(row.region, placement);
    voters[group] = (voters[group] ?? 0) + row.voters;
  }
  const least = cellVotersMin(draft);
  const shards = [draft.shards, ...placement.map((group) => group.shards)];
  return shards.flatMap((count, group) => {
    const held = voters[group] ?? 0;
    // Of nobody there is nothing to tell.
    if (held === 0 || held >= count * least) return [];
    const whose = group === 0 ? "The regions in no group have" : `Group ${group} of placement has`;
    const detail = `${whose} ${held} on the roll, fewer than ${least} for each of ${count} shards.`;
    return [{ pointer: "/acknowledge_small_groups", detail }];
  });
}
