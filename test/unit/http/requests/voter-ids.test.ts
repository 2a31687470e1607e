import { describe, expect, it } from "vitest";
import { mapVoters } from "../../../../src/http/requests/voter-ids.ts";
import type { VoterIdForm } from "../../../../src/voter-id/voter-id.ts";

function read(items: readonly string[], form: VoterIdForm = "case_mapped"): string[] {
  return mapVoters({
    items,
    form,
    voterIdOf: (item) => item,
    pointerTo: (index) => `/voters/${index}`,
    map: (voterId, item, index) => `${index} ${item} ${voterId}`,
  });
}

describe("the voter_ids of a request", () => {
  it("are mapped in their order, in the form of the decision", () => {
    expect(read(["Ana", " ben"])).toEqual(["0 Ana ana", "1  ben ben"]);
    expect(read(["Ana"], "case_preserved")).toEqual(["0 Ana Ana"]);
  });

  it("are all named that are none, each with its place and reason", () => {
    const refuse = () => read(["ana", " ", "ben", "a\u200Bna", "x".repeat(256)]);
    expect(refuse).toThrow(
      expect.objectContaining({
        code: "voter.invalid_id",
        extras: {
          errors: [
            { pointer: "/voters/1", detail: expect.stringContaining("only blanks") },
            { pointer: "/voters/3", detail: expect.stringContaining("invisible") },
            { pointer: "/voters/4", detail: expect.stringContaining("255") },
          ],
        },
      }),
    );
  });
});
