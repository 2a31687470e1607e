import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rebuildDecisions } from "../../../../src/cli/rebuild/rebuild-decisions.ts";
import { createClient, type Client } from "../../../../src/client/client.ts";
import { ApiError, NoAnswer } from "../../../../src/client/client-errors.ts";

let printed: string[] = [];
let complained: string[] = [];

beforeEach(() => {
  [printed, complained] = [[], []];
  vi.spyOn(console, "log").mockImplementation((line: unknown) => printed.push(String(line)));
  vi.spyOn(console, "error").mockImplementation((line: unknown) => complained.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());

/** What an instance says to the rebuild of one decision: statuses in turn, "lost" for no answer. */
type Replies = Record<string, (number | "lost")[]>;

/** A record of these decisions, two a page; whatever is asked of them is noted. */
function instanceOf(replies: Replies): { client: Client; asked: string[] } {
  const ids = Object.keys(replies);
  const asked: string[] = [];
  const client = createClient({
    origin: "http://fake",
    retry: { triesMax: 3, patienceMs: 1_000, firstMs: 0, maxMs: 0 },
    fetch: async ({ pathname, searchParams }, { method }) => {
      asked.push(`${method} ${pathname.replace("/api/v1", "")}`);
      if (method === "GET") return reply(200, pageOf(ids, searchParams.get("after")));
      const status = replies[pathname.split("/")[4] ?? ""]?.shift() ?? 404;
      if (status === "lost") throw new Error("connection reset");
      return reply(status, status === 202 ? undefined : { code: `is.${status}`, detail: "So." });
    },
  });
  return { client, asked };
}

function reply(status: number, body: unknown) {
  const text = body === undefined ? "" : JSON.stringify(body);
  return { status, headers: new Headers(), text: async () => text };
}

function pageOf(ids: string[], after: string | null) {
  const rest = ids.slice(after === null ? 0 : ids.indexOf(after) + 1);
  const items = rest.slice(0, 2);
  return { items, next: rest.length > 2 ? items.at(-1) : null };
}

test("every decision of the record is rebuilt, over all its pages, with a line for each", async () => {
  const { client, asked } = instanceOf({ a: [202], b: [202], c: [202] });
  expect(await rebuildDecisions(client, null)).toBe(true);
  expect(printed).toEqual(["1/3  a  begun", "2/3  b  begun", "3/3  c  begun"]);
  expect(complained).toEqual([]);
  expect(asked).toEqual([
    "GET /audit/decisions",
    "GET /audit/decisions",
    "POST /decisions/a/rebuild",
    "POST /decisions/b/rebuild",
    "POST /decisions/c/rebuild",
  ]);
});

test("named decisions alone are rebuilt, and the record is not asked for others", async () => {
  const { client, asked } = instanceOf({ a: [202], b: [202], c: [202] });
  expect(await rebuildDecisions(client, ["c", "a"])).toBe(true);
  expect(printed).toEqual(["1/2  c  begun", "2/2  a  begun"]);
  expect(asked).toEqual(["POST /decisions/c/rebuild", "POST /decisions/a/rebuild"]);
});

test("an answer that is lost or says later is asked for again", async () => {
  const { client } = instanceOf({ a: ["lost", 503, 202] });
  expect(await rebuildDecisions(client, null)).toBe(true);
  expect(printed).toEqual(["1/1  a  begun"]);
});

test("a decision that is refused is named, and the others are rebuilt all the same", async () => {
  const { client } = instanceOf({ a: [503, 503, 503], b: [202], c: [500], d: [202] });
  expect(await rebuildDecisions(client, null)).toBe(false);
  expect(printed).toHaveLength(4);
  expect(printed[0]).toMatch(/^1\/4 {2}a {2}failed: .* 503 is\.503: So\.$/);
  expect(printed[1]).toBe("2/4  b  begun");
  expect(printed[2]).toMatch(/^3\/4 {2}c {2}failed: .* 500 /);
  expect(printed[3]).toBe("4/4  d  begun");
  expect(complained).toEqual(["not known to be begun:\n  a\n  c"]);
});

test("it stops where the instance is away, and names all that were not begun", async () => {
  const lost = ["lost", "lost", "lost"] as "lost"[];
  const { client, asked } = instanceOf({ a: [404], b: [202], c: lost, d: [202] });
  await expect(rebuildDecisions(client, null)).rejects.toBeInstanceOf(NoAnswer);
  expect(complained).toEqual(["not known to be begun:\n  a\n  c\n  d"]);
  expect(asked).not.toContain("POST /decisions/d/rebuild");
});

test.each([401, 403])("it stops at once where the key is refused with %i", async (status) => {
  const { client, asked } = instanceOf({ a: [status], b: [202] });
  await expect(rebuildDecisions(client, null)).rejects.toBeInstanceOf(ApiError);
  expect(asked).not.toContain("POST /decisions/b/rebuild");
});

test("a record without decisions is said to be one", async () => {
  const { client } = instanceOf({});
  expect(await rebuildDecisions(client, null)).toBe(true);
  expect(printed).toEqual(["the record knows no decision"]);
});
