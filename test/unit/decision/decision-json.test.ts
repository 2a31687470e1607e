import { describe, expect, it } from "vitest";
import { decisionSchema, viewDecision } from "../../../src/decision/decision-json.ts";
import type { Decision } from "../../../src/decision/decision.ts";
import { freezeManifest } from "../../../src/decision/manifest.ts";
import type { Roll } from "../../../src/decision/roll.ts";
import { sampleDecision, sampleDraft } from "../../support/sample-draft.ts";

const roll: Roll = {
  import: 4,
  hash: "h".repeat(64),
  voters: 3,
  weight: "9007199254740997",
  regions: [{ region: "north", voters: 3, weight: "9007199254740997" }],
  shardHashes: ["a"],
  isInRoom: true,
  voterIds: "case_mapped",
  fewestAlike: [],
};

const drafted: Decision = { ...sampleDecision(sampleDraft({ electorate: "roll" })), roll };
const opened: Decision = { ...drafted, manifest: freezeManifest(drafted, roll, 5) };

describe("a decision as the API shows it", () => {
  it("tells how many its roll has and what they weigh, and the hash only once it is opened", () => {
    const { hash: _hash, ...rest } = { import: 4, hash: "", voters: 3, weight: "9007199254740997" };
    expect(viewDecision(drafted).roll).toEqual({ ...rest, hash: null });
    expect(viewDecision(opened).roll).toEqual({ ...rest, hash: roll.hash });
  });

  it("has no roll before the first import, and none in an open electorate", () => {
    expect(viewDecision({ ...drafted, roll: null }).roll).toBeNull();
    expect(viewDecision({ ...sampleDecision(), roll }).roll).toBeNull();
  });

  it("tells the moments of its life, its status and its manifest's hash", () => {
    const ended: Decision = {
      ...opened,
      status: "certified",
      createdAt: 1_000,
      closedAt: 2_000,
      certifiedAt: 3_000,
      forgottenAt: 4_000,
      manifestHash: "m".repeat(64),
    };
    expect(viewDecision(ended)).toMatchObject({
      id: "delta",
      status: "certified",
      created_at: "1970-01-01T00:00:01.000Z",
      closed_at: "1970-01-01T00:00:02.000Z",
      certified_at: "1970-01-01T00:00:03.000Z",
      forgotten_at: "1970-01-01T00:00:04.000Z",
      manifest_hash: "m".repeat(64),
    });
  });

  it.each([
    ["a draft", sampleDecision()],
    ["a draft with a roll", drafted],
    ["an opened one", opened],
  ])("is %s as its schema describes it, with nothing more", (_, decision) => {
    const view = viewDecision(decision);
    expect(decisionSchema.strict().parse(view)).toEqual(view);
  });
});
