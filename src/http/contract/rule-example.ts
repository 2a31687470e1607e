/** The International Whaling Commission's vote of 40 to 14 in 2024. A test compares the answer. */
export const iwcOutcome = {
  outcome: "not_carried" as const,
  if_closed_now: "not_carried" as const,
  sentence: "Not carried: what is missed is three_quarters.",
  requirements: [
    {
      id: "three_quarters",
      quorum: false,
      met: false,
      sentence: "Yes: 40 of 54 (yes and no); needed at least 3/4, that is 41: not met.",
      bound: "at_least" as const,
      actual: "40",
      base: "54",
      share: "20/27",
      threshold: "81/2",
      needed: "41",
      units: [],
      missed: null,
      parts: [],
      clause: null,
    },
  ],
  forecast: {
    counted_by: "ballots" as const,
    certainty: "lost" as const,
    further_yes: null,
    no_to_yes: {
      result: "found" as const,
      votes: "1",
      at_least: "1",
      exact: true,
      reason: null,
      regions: [{ region: "", votes: "1" }],
    },
    yes_to_no: null,
  },
};
