import { describe, expect, it } from "vitest";
import { z } from "zod";
import { viewDecision } from "../../../src/decision/decision-json.ts";
import type { Decision } from "../../../src/decision/decision.ts";
import {
  changesShape,
  draftShape,
  keepChanges,
  keepDraft,
} from "../../../src/decision/draft-fields.ts";
import { freezeManifest } from "../../../src/decision/manifest.ts";
import { defaultRule } from "../../support/default-rule.ts";
import { sampleDecision } from "../../support/sample-draft.ts";

const written = z.strictObject(draftShape);
const changes = z.strictObject(changesShape).partial();
const draft = keepDraft(
  "delta",
  written.parse({
    title: "Restore it",
    closes_at: "2027-03-08T12:00:00Z",
    rule: defaultRule(),
  }),
);
const decision: Decision = sampleDecision(draft);

describe("the fields of a draft", () => {
  it("are all kept where the title alone is written, and all shown", () => {
    expect(draft).toMatchObject({
      id: "delta",
      title: "Restore it",
      shards: 1,
      visibility: "live",
    });
    expect(Object.keys(draft)).toHaveLength(Object.keys(draftShape).length + 1);
    expect(Object.values(draft)).not.toContain(undefined);
    expect(viewDecision(decision)).toMatchObject({ title: "Restore it", shards: 1, login: null });
    expect(Object.keys(viewDecision(decision))).toEqual(
      expect.arrayContaining(Object.keys(draftShape)),
    );
  });

  it("that a change leaves out stay as they are, whatever their defaults", () => {
    expect(keepChanges(changes.parse({}))).toEqual({});
    expect(keepChanges(changes.parse({ closes_at: null, shards: 3 }))).toEqual({
      closesAt: null,
      shards: 3,
    });
  });

  it("are shown as what writes the same draft again", () => {
    const { id, status, roll, map, created_at, manifest_hash, ...more } = viewDecision(decision);
    const { closed_at, certified_at, forgotten_at, showing, measure, warnings, ...shown } = more;
    expect(showing).toMatchObject({ before_close: "counts", releases: { step_min: 10 } });
    expect([measure, warnings]).toEqual([{ by: "ballots", units: null }, []]);
    expect([id, status, roll, map, manifest_hash]).toEqual(["delta", "draft", null, null, null]);
    expect([closed_at, certified_at, forgotten_at]).toEqual([null, null, null]);
    expect(created_at).toBe("1970-01-01T00:00:00.000Z");
    expect(keepDraft(id, written.parse(shown))).toEqual(draft);
  });

  it("are frozen under their names, but for those that go into the shard map", () => {
    const { id, shards, locationHints, placement, opensAt, rehearsal, ...frozen } = draft;
    const manifest = freezeManifest(decision, null, 5_000);
    expect(manifest).toMatchObject({ decisionId: id, opensAt: opensAt ?? 5_000, ...frozen });
    expect(manifest.rehearsal ?? false).toBe(rehearsal);
    expect(manifest.shardMap).toHaveLength(shards);
    expect(Object.keys(manifest)).not.toContain("shards");
    expect(Object.keys(manifest)).not.toContain("locationHints");
    expect(locationHints).toEqual([]);
    expect(placement).toEqual([]);
    expect(Object.keys(manifest)).not.toContain("placement");
    const groups = [{ regions: ["north"], locationHint: "oc" as const, shards: 2 }];
    const placed = freezeManifest({ draft: { ...draft, placement: groups }, map: null }, null, 0);
    expect(placed.placement).toEqual(groups);
    expect(placed.shardMap).toHaveLength(shards + 2);
  });
});
