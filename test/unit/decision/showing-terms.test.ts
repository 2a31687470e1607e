import { describe, expect, it } from "vitest";
import { disclosures, visibilities } from "../../../src/decision/decision.ts";
import { showingSchema, viewShowing } from "../../../src/decision/showing-terms.ts";
import { emptyRegionTally } from "../../../src/ballot/tally.ts";
import { advanceReleases, noReleases, shownStates } from "../../../src/results/releases.ts";
import { sampleDraft } from "../../support/sample-draft.ts";

describe("what a decision says of how its figures are shown", () => {
  it.each(
    visibilities.flatMap((visibility) => disclosures.map((each) => [visibility, each] as const)),
  )("is true of a decision of visibility %s and disclosure %s", (visibility, disclosure) => {
    const view = viewShowing(sampleDraft({ visibility, disclosure, releaseMin: 7 }));
    expect(showingSchema.parse(view)).toEqual(view);
    const before = { live: "counts", turnout: "turnout", sealed: "nothing" }[visibility];
    expect(view.before_close).toBe(before);
    const isStepped = disclosure !== "roll_call" && visibility !== "sealed";
    expect(view.releases === null).toBe(!isStepped);
    expect(view.regions_after_close).toBe(
      disclosure === "roll_call" ? "at_close" : "once_certified",
    );
  });

  it("names the steps that releases really take", () => {
    const draft = sampleDraft({ disclosure: "aggregate", releaseMin: 4, regions: [] });
    const { releases: steps } = viewShowing(draft);
    const shown: number[] = [];
    let releases = noReleases;
    for (let voters = 0; voters <= 30; voters += 1) {
      const tally = { ...emptyRegionTally(), yes: { ballots: voters, weight: BigInt(voters) } };
      releases = advanceReleases(releases, new Map([["", tally]]), { releaseMin: 4, now: voters });
      shown.push(shownStates(releases, [""]).get("")?.tally.yes.ballots ?? 0);
    }
    expect(shown.findIndex((ballots) => ballots > 0)).toBe(steps?.first_after);
    const moves = shown.flatMap((now, at) => (now === (shown[at - 1] ?? 0) ? [] : [now]));
    const gaps = moves.slice(1).map((now, at) => now - (moves[at] ?? 0));
    expect(Math.min(...gaps)).toBe(steps?.step_min);
    const lags = shown.flatMap((now, voters) => (now === 0 ? [] : [voters - now]));
    expect(Math.min(...lags)).toBe(steps?.behind_min);
    expect(steps?.each).toBe("whole");
  });
});
