import { describe, expect, it } from "vitest";
import { isOwnVoteCounted } from "../../../src/ballot/own-vote.ts";
import type { VoterBallot } from "../../../src/ballot/voter.ts";
import { labelNonce } from "../../support/label-nonce.ts";

const pid = "a".repeat(22);
const vote: VoterBallot = {
  pid,
  choice: "yes",
  region: "",
  weight: 1,
  seq: 1,
  acceptedAt: 0,
  nonce: labelNonce("first"),
};
const change: VoterBallot = { ...vote, seq: 2, choice: "no", nonce: labelNonce("second") };
const withdrawal: VoterBallot = {
  ...vote,
  seq: 3,
  choice: "withdrawn",
  nonce: labelNonce("third"),
};

/** Notes what was computed, since the work must be the same whatever the answer is. */
function opener() {
  const asked: string[] = [];
  const rOf = (ballot: { pid: string; nonce: string }) => {
    asked.push(ballot.pid);
    return `r of ${ballot.nonce}`;
  };
  return { rOf, asked };
}
const rOf = (ballot: VoterBallot) => `r of ${ballot.nonce}`;

describe("whether a voter's own vote is counted", () => {
  it.each([
    ["the newest vote", [vote], rOf(vote), true],
    ["a changed vote", [vote, change], rOf(change), true],
    ["a replaced vote", [vote, change], rOf(vote), false],
    ["a vote that was taken back", [vote, withdrawal], rOf(vote), false],
    ["a withdrawal", [vote, withdrawal], rOf(withdrawal), false],
    ["somebody's r", [vote], "r of somebody", false],
    ["no ballot", undefined, rOf(vote), false],
    ["no ballot, with what stands in for its r", undefined, `r of ${"0".repeat(64)}`, false],
  ])("is known of %s after one and the same computation", (_, record, proof, expected) => {
    const watched = opener();
    expect(isOwnVoteCounted(record, { pid, proof }, watched)).toBe(expected);
    expect(watched.asked).toEqual([pid]);
  });
});
