import { describe, expect, it } from "vitest";
import { namedVoters } from "../../../../../src/web/organise/ballots/named-voters.ts";
import { closePhase } from "../../../../../src/web/organise/running/close-phase.ts";
import { openingLacks } from "../../../../../src/web/organise/running/opening-checks.ts";
import { readPaperVotes } from "../../../../../src/web/organise/running/paper-votes.ts";

const roll = { import: 1, hash: null, voters: 3, weight: "3" };
const now = Date.parse("2027-03-01T12:00:00Z");
const at = (ms: number) => new Date(now + ms).toISOString();

describe("a draft", () => {
  const draft = { closes_at: at(1), ends_early: "never", electorate: "roll", roll } as const;

  it("lacks nothing where something ends it and somebody can vote", () => {
    expect(openingLacks(draft, now)).toEqual([]);
    expect(openingLacks({ ...draft, closes_at: null, ends_early: "by_organiser" }, now)).toEqual(
      [],
    );
    expect(openingLacks({ ...draft, electorate: "open", roll: null }, now)).toEqual([]);
  });

  it("lacks an end, a time to come, or a roll", () => {
    expect(openingLacks({ ...draft, closes_at: null }, now)).toEqual(["end"]);
    expect(openingLacks({ ...draft, closes_at: at(0), roll: null }, now)).toEqual([
      "passed",
      "roll",
    ]);
  });
});

describe("the close of an open decision", () => {
  const open = { status: "open", closes_at: at(600_000) } as const;

  it.each([
    [open, -1, "far"],
    [open, 0, "near"],
    [open, 599_999, "near"],
    [open, 600_000, "passed"],
    [{ ...open, closes_at: null }, 0, "far"],
    [{ ...open, status: "closing" }, 0, "passed"],
    [{ ...open, status: "draft" }, 700_000, "far"],
  ] as const)("of %j is, %i ms later, %s", (decision, later, phase) => {
    expect(closePhase(decision, now + later)).toBe(phase);
  });
});

describe("votes that came on paper", () => {
  it("are read a line each, with a nonce of their own, and lines that are none are told", () => {
    const { votes, faults } = readPaperVotes(
      "17, Yes\n\n18;no;north;2\n19,maybe\n,yes\n20\tabstain",
    );
    expect(votes).toEqual([
      { voter_id: "17", vote: "yes", nonce: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { voter_id: "18", vote: "no", nonce: expect.any(String), region: "north", weight: 2 },
      { voter_id: "20", vote: "abstain", nonce: expect.any(String) },
    ]);
    expect(faults).toEqual([4, 5]);
    expect(new Set(votes.map(({ nonce }) => nonce)).size).toBe(3);
  });
});

describe("voters that a text names", () => {
  it("are one a line, each once", () => {
    expect(namedVoters(" 17\r\n\n18\n17 \n")).toEqual(["17", "18"]);
  });
});
