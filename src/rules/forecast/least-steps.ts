import { wholeScope } from "../figures.ts";
import { isMet } from "../judge.ts";
import type { Test } from "../rule.ts";
import { cheapestChoice } from "./cheapest-choice.ts";
import type { Option } from "./choice.ts";
import { directionOf } from "./direction.ts";
import { moveFiguresByRegion } from "./move.ts";
import { placeSteps, type Layout } from "./place-steps.ts";
import { BeyondSearch, waysTo, type Demand, type Search, type Site, type Way } from "./ways.ts";

/** The smallest number of steps that meets a test. `unknown`: the rule is of a kind that the search does not reach. */
export type LeastSteps =
  | { type: "met" }
  | { type: "impossible" }
  | { type: "unknown" }
  | {
      type: "found";
      steps: bigint;
      /** No fewer do; equal to `steps` where the search is exact. */
      atLeast: bigint;
      regions: ReadonlyMap<string, bigint>;
    };

export function leastSteps(test: Test, search: Search): LeastSteps {
  const { context, move, rooms } = search;
  if (isMet(test, wholeScope, context)) return { type: "met" };
  const direction = directionOf(test, move, search.isPresenceRecorded);
  const isMetAfter = (steps: ReadonlyMap<string, bigint>) =>
    isMet(test, wholeScope, {
      ...context,
      figures: moveFiguresByRegion(context.figures, move, steps),
    });
  if (direction === "up" && !isMetAfter(rooms)) return { type: "impossible" };
  try {
    return searchWays(waysTo(test, wholeScope, search), search, isMetAfter);
  } catch (error) {
    if (!(error instanceof BeyondSearch)) throw error;
    return direction === "up" ? alongOnePath(search, isMetAfter) : { type: "unknown" };
  }
}

function searchWays(
  ways: readonly Way[],
  search: Search,
  isMetAfter: (steps: ReadonlyMap<string, bigint>) => boolean,
): LeastSteps {
  let best: (Layout & { atLeast: bigint }) | null = null;
  let atLeast: bigint | null = null;
  let isMissed = false;
  for (const way of ways) {
    const layout = layOut(way, search, ways.length);
    if (layout === null) continue;
    if (atLeast === null || layout.atLeast < atLeast) atLeast = layout.atLeast;
    if (!isMetAfter(layout.steps)) isMissed = true;
    else if (best === null || layout.total < best.total) best = layout;
  }
  if (best === null || atLeast === null) return { type: isMissed ? "unknown" : "impossible" };
  return { type: "found", steps: best.total, atLeast, regions: best.steps };
}

/** The cheapest sites of a way together with what it demands anyhow. */
function layOut(way: Way, search: Search, searches: number): (Layout & { atLeast: bigint }) | null {
  const firm = placeSteps(way.demands, search.rooms);
  if (firm === null) return null;
  const sites = mergeSites(way, search);
  const needs = way.covers.map(({ need }) => need);
  const choice = cheapestChoice(
    sites.map(({ options }) => options),
    needs,
    searches,
  );
  if (choice === null) return null;
  const chosen = choice.taken.flatMap((index, site) =>
    index === null ? [] : (sites[site]?.options[index]?.demands ?? []),
  );
  const layout = placeSteps([...way.demands, ...chosen], search.rooms);
  if (layout === null) throw new BeyondSearch();
  const isApart = areApart(sites.map(({ site }) => site));
  const proven = !isApart ? 0n : choice.atLeast > firm.total ? choice.atLeast : firm.total;
  const least = firm.isLeast ? proven : 0n;
  const isProven = layout.isLeast && sites.length === 0;
  return { ...layout, atLeast: isProven ? layout.total : least };
}

type SiteOption = Option & { demands: readonly Demand[] };

/** A unit that stands in several covers is one site, and winning it counts in all of them that the same steps win. */
function mergeSites(way: Way, { rooms }: Search): { site: Site; options: SiteOption[] }[] {
  const merged = new Map<string, { site: Site; ways: readonly Way[] }>();
  const places = way.covers.map(({ sites }) => new Map(sites.map((site) => [keyOf(site), site])));
  for (const { sites } of way.covers) {
    for (const site of sites) {
      const known = merged.get(keyOf(site))?.ways ?? [];
      merged.set(keyOf(site), { site, ways: [...known, ...site.ways] });
    }
  }
  return [...merged].map(([key, { site, ways }]) => {
    const byDemands = new Map(ways.map((one) => [demandsKey(one), one.demands]));
    const options = [...byDemands.values()].flatMap((demands) => {
      const layout = placeSteps(demands, rooms);
      if (layout === null) return [];
      const gains = places.map((sites) => {
        const here = sites.get(key);
        return here?.ways.some((one) => covers(demands, one.demands)) === true ? here.weight : 0n;
      });
      return [{ cost: layout.total, gains, demands }];
    });
    return { site, options };
  });
}

function keyOf({ scope }: Site): string {
  return `${scope.name}\n${scope.regions?.join("\n")}`;
}

function demandsKey({ demands }: Way): string {
  return demands.map(({ regions, need }) => `${regions?.join("\n")}=${need}`).join("\n\n");
}

function covers(held: readonly Demand[], wanted: readonly Demand[]): boolean {
  return wanted.every(({ regions, need }) =>
    held.some((one) => one.need >= need && one.regions?.join("\n") === regions?.join("\n")),
  );
}

function areApart(sites: readonly Site[]): boolean {
  const seen = new Set<string>();
  for (const { scope } of sites) {
    for (const code of scope.regions ?? []) {
      if (seen.has(code)) return false;
      seen.add(code);
    }
  }
  return true;
}

/** Region after region is filled until the test is met: enough, and perhaps more than is needed. */
function alongOnePath(
  { rooms }: Search,
  isMetAfter: (steps: ReadonlyMap<string, bigint>) => boolean,
): LeastSteps {
  const fill = (count: bigint) => {
    const steps = new Map<string, bigint>();
    let left = count;
    for (const [code, room] of rooms) {
      const placed = room < left ? room : left;
      if (placed > 0n) steps.set(code, placed);
      left -= placed;
    }
    return steps;
  };
  let [below, enough] = [0n, [...rooms.values()].reduce((sum, room) => sum + room, 0n)];
  while (enough - below > 1n) {
    const middle = (below + enough) / 2n;
    if (isMetAfter(fill(middle))) enough = middle;
    else below = middle;
  }
  return { type: "found", steps: enough, atLeast: 1n, regions: fill(enough) };
}
