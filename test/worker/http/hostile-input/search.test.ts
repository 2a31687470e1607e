import { exports } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../../../src/shared/limits.ts";
import { randomRuns } from "../../../support/random-runs.ts";
import { titled } from "../../../support/search/samples.ts";
import { send } from "../../../support/worker/api.ts";
import { castBatch } from "../../../support/worker/batches.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { search, theIndex, type FoundBody } from "../../../support/worker/search.ts";
import { settleLists } from "../../../support/worker/settle-lists.ts";

const path = "/api/v1/search/decisions";
const known = "forest water river мангры غابة 森林 the of and protect wetland".split(" ");

let draftId = "";
let sealedId = "";
let cursor = "";
beforeAll(async () => {
  const words = known.join(" ");
  draftId = await draftDecision({ title: `Unheard of ${words}` });
  sealedId = await openedDecision({ title: `Sealed ${words}`, visibility: "sealed" });
  const vote = { voter_id: "ana", vote: "yes", region: "north", nonce: "a".repeat(64) };
  await castBatch(sealedId, [vote]);
  const others = [await openedDecision({ title: words }), await openedDecision({ title: words })];
  const ids = [draftId, sealedId, ...others];
  for (const id of ids) await settleLists(id);
  // A draft is in no index: here somebody has put one there.
  await theIndex().indexDecisions(ids.map((id) => titled(id, `Unheard of ${words}`)));
  const { next } = await search({ q: "forest", per_page: "1" });
  if (next === null) throw new Error("there is one page alone");
  cursor = next;
});

/** What has a meaning in one query language or another. */
const operators = fc.constantFrom(
  ..."* ** ? ( ) ((( [ ] { } \" ' ` ^ ~ ~2 ^9 : + - ! && || / \\ % _ ; -- /* */ < > = , . @ # $ | & <-> :* _exists_:".split(
    " ",
  ),
  ..."AND OR NOT NEAR NEAR/2 TO _all title: description: search_words: id:* /.*/ /(a+)+$/ [* TO *] {match_all:{}} ' OR 1=1 --".split(
    " ",
  ),
  "'; DROP TABLE search_decisions; --",
  '{"query":{"match_all":{}}}',
  '{"script":"1"}',
  "${jndi:ldap://x}",
  "\u0000",
  "\u202e",
  "\u200b",
  "\ufeff",
  "\ud800",
  "e\u0301\u0301\u0301",
  "ﬃ",
  "İ",
  "㎧",
  "👨‍👩‍👧",
);
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...known) },
  { weight: 3, arbitrary: operators },
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  // Typing errors, which cost a look at words that are like it.
  fc
    .tuple(fc.constantFrom(...known), fc.constantFrom("x", "e", "o"))
    .map(([word, more]) => more + word),
  fc.tuple(operators, fc.integer({ min: 2, max: 250 })).map(([what, times]) => what.repeat(times)),
);
const textOf = (pieces: number) =>
  fc
    .array(piece, { maxLength: pieces })
    .chain((parts) => fc.constantFrom("", " ", "+", "\t").map((joint) => parts.join(joint)));
const text = fc.oneof({ weight: 9, arbitrary: textOf(4) }, textOf(20));

const foreign = fc.oneof(
  fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
  fc.string({ unit: "binary" }),
  // One of ours, with a bit of it turned.
  fc.nat({ max: 400 }).map((at) => {
    const index = at % cursor.length;
    return `${cursor.slice(0, index)}${cursor[index] === "A" ? "B" : "A"}${cursor.slice(index + 1)}`;
  }),
);
/** Parameters as they are meant to be, and as they are not. */
const meant = fc.constantFrom(
  ["status", "open"],
  ["status", "closed,open"],
  ["outcome", "tie,no_quorum"],
  ["region", "north"],
  ["owner", "river-keepers"],
  ["from", "0000-01-01T00:00:00Z"],
  ["to", "9999-12-31"],
  ["facets", "true"],
  ["per_page", "1"],
  ["per_page", "100"],
);
const names =
  "status outcome region owner from to facets per_page after scroll q constructor".split(" ");
const unmeant = fc.oneof(
  fc.tuple(fc.constantFrom(...names), text),
  fc.constantFrom(
    ["status", "draft"],
    ["status", ","],
    ["region", "*"],
    ["owner", "' OR ''='"],
    ["from", "now-1d/d"],
    ["to", "2026-13-01"],
    ["per_page", "1000000"],
    ["size", "10000"],
  ),
  fc.tuple(fc.constant("after"), foreign),
);
const query = fc
  .tuple(
    text,
    fc.array(meant, { maxLength: 2 }),
    fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(unmeant, { maxLength: 2 })),
  )
  .map(([q, ...more]) => new URLSearchParams([["q", q], ...more.flat()] as string[][]).toString());

describe("whatever is searched for", () => {
  it("is answered or refused, never fails, and shows nothing that is hidden", async () => {
    let asked = 0;
    let answered = 0;
    let found = 0;
    const holds = fc.asyncProperty(query, async (sent) => {
      asked += 1;
      // Some are held against the contract as well, which takes longer than to answer them.
      const response =
        asked % 20 === 0
          ? await send("GET", `${path}?${sent}`)
          : await exports.default.fetch(new Request(`https://enviro.example${path}?${sent}`));
      const body = await response.text();
      expect(response.status, `${sent}: ${body}`).toBeLessThan(500);
      expect(body).not.toContain(draftId);
      expect(body).not.toMatch(/ at |Error:|SQLITE|fts5/);
      if (response.status !== 200) return;
      answered += 1;
      // As the contract says, against which each answer is held.
      const { items } = JSON.parse(body) as FoundBody;
      const sealed = items.find(({ decision }) => decision.id === sealedId);
      if (sealed === undefined) return;
      found += 1;
      expect(sealed.decision).toMatchObject({ result: null });
    });
    await fc.assert(holds, { numRuns: randomRuns(10_000) });
    expect(answered).toBeGreaterThan(1_000);
    expect(found).toBeGreaterThan(100);
  });

  it("has no page that lies deeper than a thousand, whoever makes up where it begins", async () => {
    // [mac, hits, …position]
    const parts = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    for (const hits of [0, limits.searchHitsMax - 1, limits.searchHitsMax, -1, 1e300]) {
      const forged = Buffer.from(JSON.stringify(parts.with(1, hits))).toString("base64url");
      const response = await send("GET", `${path}?q=forest&after=${forged}`);
      expect([hits, response.status]).toEqual([hits, 400]);
      await response.body?.cancel();
    }
  });
});
