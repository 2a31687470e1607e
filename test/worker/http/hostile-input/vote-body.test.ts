import { beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { send, type Ask } from "../../../support/worker/api.ts";
import { cast, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { reportToRoom } from "../../../support/worker/objects.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import { sendBytes } from "../../../support/worker/raw-body.ts";
import { expectUnchanged } from "../../../support/worker/unchanged.ts";

const votePath = "/api/v1/voting/cast-vote";
const { voteBytesMax } = limits;
let decisionId = "";
/** Ana has voted yes; Bo's credential is good and unused, so whatever slips through would count. */
let bosToken = "";

beforeAll(async () => {
  decisionId = await openedDecision();
  bosToken = await tokenFor(decisionId, "bo");
  await cast(decisionId, await tokenFor(decisionId, "ana"), "yes");
  await reportToRoom(decisionId);
});

function refuseVote(ask: Ask, status: number, code: string) {
  return expectUnchanged(decisionId, () =>
    refused("POST", votePath, { key: bosToken, ...ask }, status, code),
  );
}

/** A good vote as text, but for what `members` writes into it. */
const voteText = (members: string, id = decisionId) => `{"decision_id":"${id}",${members}}`;
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("a vote's body", () => {
  it.each([
    ["nothing", ""],
    ["a word", "yes"],
    ["half an object", '{"vote":'],
    ["two documents", '{"vote":"yes"}{"vote":"no"}'],
    ["single quotes", "{'vote':'yes'}"],
    ["a comma too many", '{"vote":"yes",}'],
    ["a comment", '{"vote":"yes"/**/}'],
    ["NaN", '{"vote":NaN}'],
    ["a raw line break in a string", '{"vote":"y\nes"}'],
  ])("that is %s is refused as no JSON", async (_, text) => {
    await refuseVote({ text }, 400, "body.not_json");
  });

  it.each([
    ["a lone continuation byte", [0x80]],
    ["an overlong slash", [0xc0, 0xaf]],
    ["a surrogate in UTF-8", [0xed, 0xa0, 0x80]],
    ["a cut character", [0xf0, 0x9f, 0x98]],
  ])("that is invalid UTF-8 (%s) is refused", async (_, invalid) => {
    const bytes = Uint8Array.from([
      ...bytesOf(voteText('"vote":"yes').slice(0, -1)),
      ...invalid,
      ...bytesOf('"}'),
    ]);
    for (const how of ["with-length", "chunked"] as const) {
      await expectUnchanged(decisionId, async () =>
        expectProblem(await sendBytes(votePath, bosToken, bytes, how), 400, "body.not_json"),
      );
    }
  });

  it.each([
    "text/plain",
    "text/json",
    "application/x-www-form-urlencoded",
    "application/jsonp",
    "application/json-patch+json",
    "application/xml; application/json",
    "",
  ])("of content-type %j is refused", async (type) => {
    const text = voteText('"vote":"yes"');
    await refuseVote({ text, headers: { "content-type": type } }, 415, "body.unsupported_type");
  });

  it.each(["application/json; charset=utf-8", "Application/JSON"])(
    "of content-type %j is read",
    async (type) => {
      const other = await openedDecision();
      const token = await tokenFor(other, "reader");
      const text = voteText('"vote":"yes"', other);
      const ask = { key: token, text, headers: { "content-type": type } };
      expect((await send("POST", votePath, ask)).status).toBe(201);
    },
  );

  it.each(["null", "true", "7", '"yes"', "[]", '[{"vote":"yes"}]', "{}"])(
    "that is %s is refused as the wrong type",
    async (text) => {
      await refuseVote({ text }, 400, "body.wrong_type");
    },
  );

  it.each(["5", "null", "[]", "{}", "true"])(
    "with the decision_id %s is refused with the member's place",
    async (value) => {
      const text = `{"decision_id":${value},"vote":"yes"}`;
      const { errors } = await refuseVote({ text }, 400, "body.wrong_type");
      expect(errors).toMatchObject([{ pointer: "/decision_id" }]);
    },
  );

  it.each(['"maybe"', '"YES"', '"yes "', '"yés"', '""', "1", "true", "null", '["yes"]', "{}"])(
    "with the vote %s is refused",
    async (value) => {
      const text = voteText(`"vote":${value}`);
      const { errors } = await refuseVote({ text }, 400, "vote.invalid_choice");
      expect(errors).toMatchObject([{ pointer: "/vote" }]);
    },
  );

  it("without a vote is refused", async () => {
    await refuseVote({ body: { decision_id: decisionId } }, 400, "vote.invalid_choice");
  });

  it.each(["voter_id", "region", "weight", "pid", "Vote", "__proto__", "constructor", "toString"])(
    "with the unknown member %s is refused, and the member named",
    async (name) => {
      const text = voteText(`"vote":"yes","${name}":"x"`);
      const { errors } = await refuseVote({ text }, 400, "body.unknown_field");
      expect(errors).toMatchObject([{ pointer: `/${name}` }]);
    },
  );

  it.each([
    ["the vote twice", '"vote":"yes","vote":"no"'],
    ["the same vote twice", '"vote":"yes","vote":"yes"'],
    ["the vote twice, once escaped", '"vote":"yes","vot\\u0065":"no"'],
    ["the vote twice with spaces before the colon", '"vote" \t:"yes","vote"\n :"no"'],
    ["the decision twice", '"vote":"yes","decision_id":"another"'],
    ["__proto__ twice", '"vote":"yes","__proto__":1,"__proto__":2'],
    ["a name twice further down", '"vote":"yes","x":[{"a":1,"a":2}]'],
    ["a quote in a name that stands twice", '"vote":"yes","a\\"":1,"a\\"":2'],
  ])("that holds %s is refused", async (_, members) => {
    await refuseVote({ text: voteText(members) }, 400, "body.duplicate_key");
  });

  it("whose strings only look like a member twice is not taken for one", async () => {
    const text = voteText('"vote":"\\"vote\\":"');
    await refuseVote({ text }, 400, "vote.invalid_choice");
  });

  it.each(["with-length", "chunked"] as const)(
    "over the cap, %s, is refused before it is read",
    async (how) => {
      const bytes = bytesOf(voteText('"vote":"yes"').padEnd(voteBytesMax + 1));
      await expectUnchanged(decisionId, async () =>
        expectProblem(await sendBytes(votePath, bosToken, bytes, how), 413, "body.too_large"),
      );
    },
  );

  it.each(["with-length", "chunked"] as const)("of exactly the cap, %s, is read", async (how) => {
    const other = await openedDecision();
    const token = await tokenFor(other, "ana");
    const bytes = bytesOf(voteText('"vote":"yes"', other).padEnd(voteBytesMax));
    expect((await sendBytes(votePath, token, bytes, how)).status).toBe(201);
  });

  it("that is as deep as the cap allows is refused", async () => {
    const text = "[".repeat(voteBytesMax / 2) + "]".repeat(voteBytesMax / 2);
    await refuseVote({ text }, 400, "body.too_deep");
  });

  it("for a decision that there is not is refused", async () => {
    const body = { decision_id: "nobody-decides-this", vote: "yes" };
    await refuseVote({ body }, 404, "decision.not_found");
  });

  it.each(["", "UPPER", "-x", "a/b", "../x", "a b", "😀", "x".repeat(65), "__proto__", "a\u0000"])(
    "for a decision whose id can't be, %j, is refused",
    async (id) => {
      await refuseVote({ body: { decision_id: id, vote: "yes" } }, 400, "body.invalid");
    },
  );
});
