import { expect, test } from "vitest";
import { memberVotes } from "../../../../scripts/demo/member-votes.ts";
import { readDemoRollCalls } from "../../../../scripts/demo/roll-calls.ts";
import { readElectorate } from "../../../../src/cli/replay/electorate.ts";
import { readFileVotes } from "../../../../src/cli/replay/file-votes.ts";
import { GroupBuffer } from "../../../../src/cli/replay/group-buffer.ts";
import { batchesOf } from "../../../../src/cli/replay/batches.ts";
import { readQuestions, toQuestion } from "../../../../src/cli/replay/questions.ts";
import { readFirstPass } from "../../../../src/cli/replay/first-pass.ts";

const folder = "test/data/un-extract";

test("the committed extract is read whole: sixty decisions, every vote once, a title for each", async () => {
  const electorate = await readElectorate(`${folder}/voters.csv`);
  const questions = await readQuestions(`${folder}/roll_calls.csv`);
  const votes = () => readFileVotes(`${folder}/votes.csv`, electorate);
  const firstPass = await readFirstPass(votes(), questions, 100);
  expect(firstPass).toMatchObject({ rows: 8_364 });
  expect(firstPass.rowsOf.size).toBe(60);
  expect(electorate.regions).toEqual(["Africa", "Americas", "Asia", "Europe", "Oceania"]);
  expect([...questions.values()].every(({ title }) => title !== "" && title.length <= 500)).toBe(
    true,
  );

  let sent = 0;
  for await (const batch of batchesOf(votes(), new GroupBuffer(firstPass.rowsOf, electorate)))
    sent += batch.votes.length;
  expect(sent).toBe(8_364);
});

test("with a limit on decisions only the first ones of the file are read", async () => {
  const electorate = await readElectorate(`${folder}/voters.csv`);
  const questions = await readQuestions(`${folder}/roll_calls.csv`);
  const firstPass = await readFirstPass(
    readFileVotes(`${folder}/votes.csv`, electorate),
    questions,
    2,
  );
  expect([...firstPass.rowsOf.keys()]).toEqual(["3", "5"]);
});

test("a roll call without a title is named by its description, and else by its number", () => {
  const record = {
    rollCall: "7",
    date: "1946-01-01",
    resolution: "R/1/66",
    title: " ",
    description: "About water.",
  };
  expect(toQuestion(record)).toEqual({
    title: "About water.",
    description: "About water.\nR/1/66, 1946-01-01",
  });
  expect(toQuestion({ ...record, description: "" }).title).toBe("Roll call 7");
  expect(toQuestion({ ...record, title: "x".repeat(600) }).title).toHaveLength(500);
});

test("in the demonstration every state votes once in a decision and has a region of that decision", () => {
  const rollCalls = readDemoRollCalls();
  expect(rollCalls.length).toBeGreaterThanOrEqual(8);
  expect(rollCalls.every(({ votes }) => votes.every(({ name }) => (name ?? "").length > 2))).toBe(
    true,
  );
  for (const { draft, votes } of [...rollCalls, ...memberVotes]) {
    const regions = new Set(draft.regions.map((region) => region.code));
    expect(new Set(votes.map((vote) => vote.voter_id)).size).toBe(votes.length);
    expect(votes.every((vote) => regions.has(vote.region ?? ""))).toBe(true);
  }
});
