import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { adminKey, send } from "../../../support/worker/api.ts";
import { draftDecision, openedDecision, tokenFor } from "../../../support/worker/decisions.ts";
import { fillPath, servedRoutes, type Route } from "../../../support/worker/routes.ts";

let openId = "";
let draftId = "";
let closedId = "";
/** Opened, closed and cancelled along the way, so that the others stay as they are. */
let movedId = "";
let token = "";

beforeAll(async () => {
  openId = await openedDecision({ weight_max: 5 });
  token = await tokenFor(openId, "ana");
  draftId = await draftDecision();
  movedId = await draftDecision();
  closedId = await openedDecision();
  await send("POST", `/api/v1/decisions/${closedId}/close`, { key: adminKey });
});

const written = servedRoutes().filter(({ method }) => ["POST", "PATCH", "PUT"].includes(method));
const read = servedRoutes().filter(
  ({ method, path }) => method === "GET" && !path.endsWith("/stream"),
);

/** Words of the contract among the noise, so that a body gets past the first check now and then. */
const words = fc.constantFrom(
  "decision_id",
  "vote",
  "votes",
  "voters",
  "voter_id",
  "region",
  "regions",
  "code",
  "weight",
  "title",
  "id",
  "opens_at",
  "closes_at",
  "shards",
  "location_hints",
  "placement",
  "role",
  "label",
  "expires_in_seconds",
  "__proto__",
  "constructor",
);
const leaf = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom("yes", "north", "a-b", "admin", "2027-01-01T00:00:00Z", 1, 1e300, -0, "\ud800"),
);
const { tree } = fc.letrec<{ tree: unknown; object: object; list: unknown[] }>((tie) => ({
  tree: fc.oneof({ depthSize: "small" }, leaf, tie("object"), tie("list")),
  object: fc.dictionary(words, tie("tree"), { maxKeys: 5 }),
  list: fc.array(tie("tree"), { maxLength: 4 }),
}));
const bodies = fc.oneof(
  fc.json(),
  tree.map((value) => JSON.stringify(value) ?? "null"),
  fc.string({ unit: "binary" }),
);

const movesDecision = ({ path }: Route) => /\/(open|close|cancel)$/.test(path);

async function expectNoFailure(route: Route, path: string, body?: string) {
  const key = route.path.endsWith("/cast-vote") ? token : adminKey;
  const ask = body === undefined ? { key } : { key, text: body };
  const response = await send(route.method, path, ask);
  const answer = new TextDecoder().decode(await response.arrayBuffer());
  const context = `${route.method} ${path} ${body}: ${answer}`;
  // Readiness tells of what other tests have left waiting: that is no failure of ours.
  if (route.path === "/readyz" && response.status === 503) {
    expect(JSON.parse(answer), context).toMatchObject({ status: "degraded" });
    return;
  }
  expect(response.status, context).toBeLessThan(500);
  if (response.status >= 400 && response.status !== 426) {
    expect(response.headers.get("content-type"), context).toBe("application/problem+json");
    expect(answer, context).not.toMatch(/ at .*:\d+:\d+|Error:|node_modules/);
  }
}

describe("whatever is sent as a body", () => {
  it.each(written)("$method $path never answers with a failure of ours", async (route) => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.boolean(), async (body, isDraft) => {
        const id = movesDecision(route) ? movedId : isDraft ? draftId : openId;
        await expectNoFailure(route, fillPath(route.path, id), body);
      }),
      { numRuns: 60 },
    );
  });
});

describe("whatever is asked in a query", () => {
  const cursor = fc.oneof(
    fc.string({ unit: "binary" }),
    tree.map((value) => Buffer.from(JSON.stringify(value) ?? "").toString("base64url")),
    fc
      .record({
        createdAt: fc.double(),
        id: fc.string({ unit: "binary" }),
        shard: fc.double(),
        seq: fc.double(),
      })
      .map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
    fc
      .string({ unit: "binary" })
      .map((value) => Buffer.from(JSON.stringify(value)).toString("base64url")),
  );
  const number = fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constantFrom("1e400", "0x10"));
  const query = fc.record(
    {
      after: cursor,
      per_page: number.map(String),
      after_seq: number.map(String),
      limit: number.map(String),
      since: number.map(String),
      status: fc.constantFrom("open", "nothing", ""),
      format: fc.constantFrom("csv", "xml", ""),
    },
    { requiredKeys: [] },
  );

  it.each(read)("$method $path never answers with a failure of ours", async (route) => {
    // A query that names the decision whose ballots are public: the others are refused before the query is used.
    const path = fillPath(route.path, closedId);
    await fc.assert(
      fc.asyncProperty(query, async (some) => {
        const given = new URLSearchParams(some as Record<string, string>);
        await expectNoFailure(route, `${path}?${given.toString()}`);
      }),
      { numRuns: 40 },
    );
  });
});

describe("whatever stands in a path", () => {
  it.each(read.filter(({ path }) => path.includes("{")))(
    "$method $path never answers with a failure of ours",
    async (route) => {
      const segment = fc.oneof(
        fc.string({ unit: "binary", minLength: 1 }).map(toSegment),
        fc.constantFrom("%", "%zz", "%00", "%FF%FE", "..%2F", "__proto__", "-1", "1e9", "0x0"),
      );
      await fc.assert(
        fc.asyncProperty(segment, fc.boolean(), async (odd, isFirst) => {
          const names = [...route.path.matchAll(/\{\w+\}/g)].map(([name]) => name);
          const target = isFirst ? names[0] : names.at(-1);
          const path = fillPath(route.path.replace(target ?? "", odd), closedId);
          await expectNoFailure(route, path);
        }),
        { numRuns: 40 },
      );
    },
  );
});

/** Percent-encodes as a client does; what is no Unicode text can't be in a URL at all. */
function toSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(".", "%2E");
}
