import { expect, it } from "vitest";
import { decodeBallot, decodeChoice, encodeBallot } from "../../../src/ballot/ballot-code.ts";
import { ballotChoices } from "../../../src/ballot/ballot.ts";

it.each([...ballotChoices.entries()])(
  "choice %i of a stored ballot is %s for ever",
  (code, choice) => {
    const ballot = { seq: 7, pid: "a", choice, region: "north", weight: 3, acceptedAt: 1_500 };
    expect(encodeBallot(ballot)).toEqual(["a", code, "north", 3, 1_500]);
    expect(decodeBallot(7, ["a", code, "north", 3, 1_500, "what follows"])).toEqual(ballot);
  },
);

it("yes, no, abstain and withdrawn are the choices, in this order", () => {
  expect(ballotChoices).toEqual(["yes", "no", "abstain", "withdrawn"]);
});

it.each([-1, 4, 0.5])("no choice has the code %d", (code) => {
  expect(() => decodeChoice(code)).toThrow(`no choice has the code ${code}`);
});
