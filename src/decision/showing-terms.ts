import { z } from "zod";
import { limits } from "../shared/limits.ts";
import type { DecisionDraft } from "./decision.ts";
import { showings, showingOf } from "./visibility.ts";

export const showingSchema = z
  .object({
    before_close: z.enum(showings).describe("What results show while votes are taken"),
    releases: z
      .object({
        each: z.enum(["region", "whole"]).describe("What moves by itself"),
        step_min: z.int().describe("So many more have to be counted there before it moves again"),
        behind_min: z.int().describe("What is shown lags behind by at least so many"),
        first_after: z.int().describe("With so many counted there the first figures are shown"),
        delay_ms: z.int().describe("Between two releases at the least"),
      })
      .nullable()
      .describe(
        "How figures move before the close; null where every vote moves them, or none is shown. When the next one comes depends on votes that are not shown yet, and is told by nobody",
      ),
    regions_after_close: z
      .enum(["at_close", "once_certified"])
      .nullable()
      .describe(
        "When regions are shown exactly, those that are; the whole is at the close. Null without regions",
      ),
  })
  .describe("When results show what, and in which steps");

/** What a draft says of when its results show what. */
export function viewShowing({ visibility, disclosure, releaseMin, regions }: DecisionDraft) {
  const before = showingOf(visibility, "open");
  const isRollCall = disclosure === "roll_call";
  const hasReleases = !isRollCall && before !== "nothing";
  return {
    before_close: before,
    releases: hasReleases ? viewSteps(releaseMin, regions.length > 0) : null,
    regions_after_close:
      regions.length === 0
        ? null
        : isRollCall
          ? ("at_close" as const)
          : ("once_certified" as const),
  };
}

/** What is shown is the state before the newest that was frozen. */
function viewSteps(releaseMin: number, hasRegions: boolean) {
  return {
    each: hasRegions ? ("region" as const) : ("whole" as const),
    step_min: releaseMin,
    behind_min: releaseMin,
    first_after: 2 * releaseMin,
    delay_ms: limits.releaseDelayMs,
  };
}
