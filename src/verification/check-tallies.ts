import { choices, type Choice } from "../ballot/ballot.ts";
import { emptyRegionTally, type RegionTally } from "../ballot/tally.ts";
import type { CountedCell } from "../results/shown-cells.ts";
import type { Consensus } from "./calculate-consensus.ts";
import type { Check } from "./check.ts";
import type { ReadManifest, SignedOutcome, SignedTally } from "./documents.ts";
import type { FindingList } from "./finding.ts";
import { hiddenRegion, type ListColumns } from "./publication-index.ts";

/** What the figures of an outcome are held against. */
export interface TallyCheckInput {
  outcome: SignedOutcome;
  manifest: ReadManifest | null;
  counted: ListColumns;
  /** Null where rows have hashes alone. */
  consensus: Consensus | null;
  findings: FindingList;
}

/** Figures as far as they were recounted, else as they were signed: the rule is evaluated on them. */
export interface RecountedFigures {
  total: RegionTally;
  regions: Map<string, RegionTally>;
  /** What of them is as it was signed: everything, weights, or nothing. */
  asSigned: "all" | "weight" | "nothing";
}

/** Holds the outcome's figures against the recount, whole and by region, and against themselves. */
export function checkTallies(input: TallyCheckInput): {
  checks: Check[];
  figures: RecountedFigures;
} {
  const { outcome, consensus, findings } = input;
  checkSums(input);
  if (consensus === null)
    return { checks: aggregateChecks(input), figures: signedFigures(outcome) };
  const { whole, untold } = consensus;
  for (const choice of choices) {
    const [signed, made] = [outcome.total[choice], whole.tally[choice]];
    const place = { member: `tally.total.${choice}` };
    findings.compare("tally.total", String(made.ballots), String(signed.ballots), place);
    const rest = signed.weight - made.weight;
    // What is hidden weighs 1 each at the least.
    if (rest < BigInt(untold[choice].ballots) || (untold[choice].ballots === 0 && rest !== 0n))
      findings.add("tally.total", weightWords(made, untold[choice]), String(signed.weight), place);
  }
  const untoldBallots = ballotsIn(untold);
  const total = untoldBallots === 0 ? whole.tally : mergedTotal(whole.tally, outcome.total);
  const { size } = input.counted;
  const failed = findings.has("tally.total", "tally.sum");
  const regional = checkRegions(input, consensus);
  const checks: Check[] = [
    { check: "ballots", state: failed ? "failed" : "passed", done: size, of: size },
    {
      check: "weight",
      state: failed ? "failed" : untoldBallots === 0 ? "passed" : "partly",
      done: size - untoldBallots,
      of: size,
      ...(untoldBallots === 0 ? {} : { reason: "cells_hidden" as const }),
    },
    regional.check,
  ];
  const asSigned = untoldBallots === 0 ? "nothing" : "weight";
  return { checks, figures: { total, regions: regional.figures, asSigned } };
}

function weightWords({ weight }: { weight: bigint }, untold: { ballots: number }): string {
  if (untold.ballots === 0) return String(weight);
  return `${weight} and at least ${untold.ballots} of hidden ballots`;
}

/** An outcome's figures add up by themselves, whatever the lists say. */
function checkSums({ outcome, manifest, counted, findings }: TallyCheckInput): void {
  for (const [name, tally] of [["total", outcome.total] as const, ...outcome.regions]) {
    const place = name === "total" ? { member: "tally.total" } : { region: name };
    const ballots = choices.reduce((sum, choice) => sum + tally[choice].ballots, 0);
    const weight = choices.reduce((sum, choice) => sum + tally[choice].weight, 0n);
    findings.compare("tally.sum", String(ballots), String(tally.ballots), place);
    findings.compare("tally.sum", String(weight), String(tally.weight), place);
  }
  // Not of a list that lost rows: that is told as its size.
  const { total, regions } = outcome;
  if (counted.form === "hash")
    findings.compare("tally.total", String(counted.size), String(total.ballots), {
      member: "tally.total.ballots",
    });
  if (manifest === null || manifest.regions.length === 0) return;
  const isWhole = manifest.regions.every((code) => regions.has(code));
  for (const choice of choices) {
    const sum = [...regions.values()].reduce((all, one) => all + one[choice].ballots, 0);
    const weight = [...regions.values()].reduce((all, one) => all + one[choice].weight, 0n);
    const { ballots, weight: whole } = total[choice];
    const place = { member: `tally.regions, ${choice}` };
    if (isWhole ? sum !== ballots : sum > ballots)
      findings.add("tally.sum", `${ballots} of all regions`, String(sum), place);
    if (isWhole ? weight !== whole : weight > whole)
      findings.add("tally.sum", `${whole} of all regions`, String(weight), place);
  }
}

function aggregateChecks({ outcome, findings }: TallyCheckInput): Check[] {
  const of = outcome.total.ballots;
  const state = findings.has("tally.total", "tally.sum") ? "failed" : "partly";
  return [
    { check: "ballots", state, done: 0, of, reason: "aggregate" },
    { check: "weight", state: "not_checked", done: 0, of, reason: "aggregate" },
    {
      check: "regional_tallies",
      state: "not_checked",
      done: 0,
      of: outcome.regions.size,
      reason: "aggregate",
    },
  ];
}

function signedFigures({ total, regions }: SignedOutcome): RecountedFigures {
  const byRegion = [...regions].map(([code, tally]) => [code, tallyOnly(tally)] as const);
  return { total: tallyOnly(total), regions: new Map(byRegion), asSigned: "all" };
}

function tallyOnly({ yes, no, abstain }: SignedTally): RegionTally {
  return { yes, no, abstain };
}

/** Ballots as they were counted; weights as they were signed, since some are hidden. */
function mergedTotal(made: RegionTally, signed: SignedTally): RegionTally {
  const merged = (choice: Choice) => ({ ...made[choice], weight: signed[choice].weight });
  return { yes: merged("yes"), no: merged("no"), abstain: merged("abstain") };
}

function ballotsIn(tally: RegionTally): number {
  return choices.reduce((sum, choice) => sum + tally[choice].ballots, 0);
}

/** A region has all its rows shown, or, where it has several small weights, none. */
function checkRegions({ outcome, findings, manifest }: TallyCheckInput, consensus: Consensus) {
  const figures = new Map<string, RegionTally>();
  const hasUntold = ballotsIn(consensus.untold) > 0;
  let recounted = 0;
  for (const [region, signed] of outcome.regions) {
    const made = consensus.regions.get(region)?.tally ?? emptyRegionTally();
    const isFiguresAlone = hasUntold && ballotsIn(made) === 0 && signed.ballots > 0;
    figures.set(region, isFiguresAlone ? tallyOnly(signed) : made);
    if (isFiguresAlone) continue;
    recounted += 1;
    for (const choice of choices) {
      const place = { region, member: choice };
      const { ballots, weight } = made[choice];
      findings.compare("tally.region", String(ballots), String(signed[choice].ballots), place);
      findings.compare("tally.region", String(weight), String(signed[choice].weight), place);
    }
  }
  for (const [region, { tally }] of consensus.regions) {
    const isTold = outcome.regions.has(region) || manifest?.regions.length === 0;
    if (!isTold && ballotsIn(tally) > 0)
      findings.add("tally.region", String(ballotsIn(tally)), "no figures", { region });
  }
  const of = manifest?.regions.length ?? outcome.regions.size;
  const failed = findings.has("tally.region", "tally.sum");
  const state = failed
    ? "failed"
    : of === 0
      ? "not_checked"
      : recounted === of
        ? "passed"
        : "partly";
  const reason = of === 0 ? "none_there" : recounted === of ? null : "regions_hidden";
  const check: Check = {
    check: "regional_tallies",
    state,
    done: recounted,
    of,
    ...(reason === null ? {} : { reason }),
  };
  return { check, figures };
}

/** Holds the rows that show region and weight against the cells that the outcome says are shown. */
export function checkCells(
  counted: ListColumns,
  cells: readonly CountedCell[],
  findings: FindingList,
): void {
  const { regionCodes, regions, weights, size } = counted;
  const found = new Map<string, number>();
  const nameOf = (region: string, weight: number) => `${weight} ${region}`;
  for (let index = 0; index < size; index += 1) {
    const region = regions[index] ?? hiddenRegion;
    if (region === hiddenRegion) continue;
    const name = nameOf(regionCodes[region] ?? "", weights[index] ?? 0);
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  for (const { region, weight, voters } of cells) {
    const name = nameOf(region, weight);
    const place = { region, member: `weight ${weight}` };
    findings.compare("cells.count", String(voters), String(found.get(name) ?? 0), place);
    found.delete(name);
  }
  for (const [name, voters] of found) {
    const region = name.slice(name.indexOf(" ") + 1);
    findings.add("cells.count", "a cell that is not shown", `${voters} rows`, { region });
  }
}
