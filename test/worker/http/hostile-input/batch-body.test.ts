import { beforeAll, describe, expect, it } from "vitest";
import { adminKey, send, type Ask } from "../../../support/worker/api.ts";
import { castBatch, votesOf } from "../../../support/worker/batches.ts";
import { openedDecision } from "../../../support/worker/decisions.ts";
import { reportToRoom } from "../../../support/worker/objects.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import { sendBytes } from "../../../support/worker/raw-body.ts";
import { expectUnchanged } from "../../../support/worker/unchanged.ts";

const batchBytesMax = 2_097_152;
let decisionId = "";
let path = "";

beforeAll(async () => {
  decisionId = await openedDecision({ weight_max: 10 });
  path = `/api/v1/decisions/${decisionId}/votes/batch`;
  await castBatch(decisionId, votesOf(3, "yes", "north"));
  await reportToRoom(decisionId);
});

function refuseBatch(ask: Ask, status: number, code: string) {
  return expectUnchanged(decisionId, () =>
    refused("POST", path, { key: adminKey, ...ask }, status, code),
  );
}

const good = { voter_id: "good", vote: "no", region: "south" };
/** A batch of one good item and one whose members are these: if any of it counted, the good one would. */
const withItem = (item: object) => ({ body: { votes: [good, item] } });
const withItemText = (members: string) => ({
  text: `{"votes":[${JSON.stringify(good)},{${members}}]}`,
});

describe("a batch", () => {
  it.each([
    ["the vote twice", '"voter_id":"a","vote":"yes","vote":"no"'],
    ["the voter twice", '"voter_id":"a","voter_id":"b","vote":"yes"'],
    ["the vote twice, once escaped", '"voter_id":"a","vote":"yes","vot\\u0065":"no"'],
    ["the voter twice, both escaped", '"v\\u006fter_id":"a","voter\\u005fid":"b","vote":"yes"'],
  ])("with an item that holds %s is refused whole", async (_, members) => {
    await refuseBatch(withItemText(members), 400, "body.duplicate_key");
  });

  it("with `votes` twice is refused", async () => {
    const text = '{"votes":[],"votes":[{"voter_id":"a","vote":"yes"}]}';
    await refuseBatch({ text }, 400, "body.duplicate_key");
  });

  it.each(["pid", "r", "decision_id", "__proto__", "constructor", "hasOwnProperty"])(
    "with the unknown member %s in an item is refused whole, and its place named",
    async (name) => {
      const ask = withItemText(`"voter_id":"a","vote":"yes","${name}":{}`);
      const { errors } = await refuseBatch(ask, 400, "body.unknown_field");
      expect(errors).toMatchObject([{ pointer: `/votes/1/${name}` }]);
    },
  );

  it.each([
    ["empty", ""],
    ["of 256 characters", "x".repeat(256)],
    ["of 256 emoji", "😀".repeat(256)],
    ["a number", 5],
    ["null", null],
    ["a list", ["a"]],
  ])("with a voter_id that is %s is refused whole", async (_, voter_id) => {
    const ask = withItem({ voter_id, vote: "yes", region: "north" });
    const { errors } = await refuseBatch(ask, 400, "voter.invalid_id");
    expect(errors).toMatchObject([{ pointer: "/votes/1/voter_id" }]);
  });

  it("without a voter_id is refused whole", async () => {
    await refuseBatch(withItem({ vote: "yes", region: "north" }), 400, "voter.invalid_id");
  });

  it("with a vote that is no choice is refused whole", async () => {
    const ask = withItem({ voter_id: "a", vote: "maybe", region: "north" });
    const { errors } = await refuseBatch(ask, 400, "vote.invalid_choice");
    expect(errors).toMatchObject([{ pointer: "/votes/1/vote" }]);
  });

  it.each([0, -1, 1_000_000_000_001, Number.MAX_SAFE_INTEGER])(
    "with the weight %d is refused whole",
    async (weight) => {
      const ask = withItem({ voter_id: "a", vote: "yes", region: "north", weight });
      await refuseBatch(ask, 400, "body.invalid");
    },
  );

  it.each(["1.5", '"1"', "null", "[]"])("with the weight %s is refused whole", async (weight) => {
    const ask = withItemText(`"voter_id":"a","vote":"yes","region":"north","weight":${weight}`);
    await refuseBatch(ask, 400, "body.wrong_type");
  });

  it.each(["", " ", "__proto__", "a\u0000b", "x".repeat(65), "<b>", "stream", "=1+1"])(
    "with a region that can't be one, %j, is refused whole",
    async (region) => {
      await refuseBatch(withItem({ voter_id: "a", vote: "yes", region }), 400, "body.invalid");
    },
  );

  it.each([
    ["no votes", { votes: [] }, "body.invalid"],
    ["votes that are no list", { votes: good }, "body.wrong_type"],
    ["no `votes`", {}, "body.wrong_type"],
    ["an item that is null", { votes: [good, null] }, "body.wrong_type"],
    ["an item that is a list", { votes: [good, ["a", "yes"]] }, "body.wrong_type"],
  ])("with %s is refused", async (_, body, code) => {
    await refuseBatch({ body }, 400, code);
  });

  it("for a decision that there is not is refused", async () => {
    const body = { votes: [good] };
    const ask = { key: adminKey, body };
    for (const id of ["nobody-decides-this", "UPPER", "a%2Fb", "%00", "..%2F"]) {
      const elsewhere = `/api/v1/decisions/${id}/votes/batch`;
      await refused("POST", elsewhere, ask, 404, "decision.not_found");
    }
  });

  it.each(["with-length", "chunked"] as const)("over the cap, %s, is refused", async (how) => {
    const text = JSON.stringify({ votes: [good] }).padEnd(batchBytesMax + 1);
    const bytes = new TextEncoder().encode(text);
    await expectUnchanged(decisionId, async () =>
      expectProblem(await sendBytes(path, adminKey, bytes, how), 413, "body.too_large"),
    );
  });

  it.each([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
  ])(
    "of %s 100,000 deep is refused as a wrong body, not answered with a failure of ours",
    async (_, open, close) => {
      const text = `${open.repeat(100_000)}${open === "[" ? "" : "1"}${close.repeat(100_000)}`;
      const { status } = await expectUnchanged(decisionId, () =>
        send("POST", path, { key: adminKey, text }),
      );
      expect(status).toBe(400);
    },
  );
});
