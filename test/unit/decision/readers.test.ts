import { describe, expect, it } from "vitest";
import {
  audienceOf,
  audiencesOf,
  isReadableBy,
  type DecisionReader,
} from "../../../src/decision/readers.ts";
import { freezeManifest } from "../../../src/decision/manifest.ts";
import { sampleDecision } from "../../support/sample-draft.ts";

const admin = { role: "admin", owner: null };
const ana = { role: "organiser", owner: "ana" };
const ben = { role: "organiser", owner: "ben" };
const readers: DecisionReader[] = [
  null,
  admin,
  ana,
  ben,
  { role: "auditor", owner: null },
  { role: "station", owner: null },
  { role: "station", owner: "ana" },
];

const manifest = freezeManifest(sampleDecision(), null, 5);
const draftOf = (owner: string | null) => ({ manifest: null, owner });
const openedBy = (owner: string | null) => ({ manifest, owner });

describe("who may read a decision", () => {
  it("is everybody once it was opened, whoever drafted it", () => {
    for (const reader of readers) {
      expect(isReadableBy(openedBy("ana"), reader)).toBe(true);
      expect(isReadableBy(openedBy(null), reader)).toBe(true);
    }
  });

  it("is its organiser and admins while it is a draft, and admins alone where one of them drafted it", () => {
    const readersOf = (owner: string | null) =>
      readers.filter((reader) => isReadableBy(draftOf(owner), reader));
    expect(readersOf("ana")).toEqual([admin, ana]);
    expect(readersOf("ben")).toEqual([admin, ben]);
    expect(readersOf(null)).toEqual([admin]);
  });

  it("is who finds it in lists, and nobody else", () => {
    const decisions = [
      draftOf("ana"),
      draftOf("ben"),
      draftOf(null),
      openedBy("ana"),
      openedBy(null),
    ];
    for (const decision of decisions) {
      for (const reader of readers) {
        const audiences = audiencesOf(reader);
        const isListed = audiences === null || audiences.includes(audienceOf(decision));
        expect([decision, reader, isListed]).toEqual([
          decision,
          reader,
          isReadableBy(decision, reader),
        ]);
      }
    }
  });

  it("is kept apart by owner, whatever owners are called", () => {
    const owners = ["everybody", "admins", "ana", "null"];
    const audiences = owners.map((owner) => audienceOf(draftOf(owner)));
    expect(
      new Set([...audiences, audienceOf(draftOf(null)), audienceOf(openedBy("ana"))]).size,
    ).toBe(6);
    expect(audiencesOf({ role: "organiser", owner: null })).toEqual(audiencesOf(null));
  });
});
