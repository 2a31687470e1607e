import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { reindex } from "../../../../src/cli/reindex/reindex.ts";
import { createClient, type Client } from "../../../../src/client/client.ts";
import { ApiError } from "../../../../src/client/client-errors.ts";

let printed: string[] = [];
let complained: string[] = [];

beforeEach(() => {
  [printed, complained] = [[], []];
  vi.spyOn(console, "log").mockImplementation((line: unknown) => printed.push(String(line)));
  vi.spyOn(console, "error").mockImplementation((line: unknown) => complained.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());

interface Reply {
  status: number;
  body: unknown;
}

const portion = (decisions: number, next: string | null, refused: string[] = []): Reply => ({
  status: 200,
  body: { done: next === null, decisions, ballots: 10 * decisions, refused, next },
});
const problem = (status: number, code: string): Reply => ({
  status,
  body: { code, detail: "So." },
});

/** An instance that answers so in turn; what it is asked is noted. */
function instanceOf(replies: Reply[]): { client: Client; asked: unknown[] } {
  const asked: unknown[] = [];
  const client = createClient({
    origin: "http://fake",
    retry: { triesMax: 3, patienceMs: 1_000, firstMs: 0, maxMs: 0 },
    fetch: async ({ pathname }, { body }) => {
      asked.push([pathname, JSON.parse(typeof body === "string" ? body : "")]);
      const { status, body: answer } = replies.shift() ?? problem(500, "nothing.left");
      return { status, headers: new Headers(), text: async () => JSON.stringify(answer) };
    },
  });
  return { client, asked };
}

const path = "/api/v1/search/reindex";

test("all is indexed, portion by portion, with a line for each", async () => {
  const { client, asked } = instanceOf([portion(2, "x"), portion(1, "y"), portion(0, null)]);
  expect(await reindex(client, null)).toBe(true);
  expect(asked).toEqual([
    [path, {}],
    [path, { after: "x" }],
    [path, { after: "y" }],
  ]);
  expect(printed).toEqual([
    "2 decisions, 20 ballots",
    "3 decisions, 30 ballots",
    "3 decisions, 30 ballots  done",
  ]);
});

test("named decisions alone are indexed, and one that is not there keeps no other from it", async () => {
  const { client, asked } = instanceOf([
    problem(404, "decision.not_found"),
    portion(1, "x"),
    portion(0, null),
  ]);
  expect(await reindex(client, ["a", "b"])).toBe(false);
  expect(asked).toEqual([
    [path, { decision_id: "a" }],
    [path, { decision_id: "b" }],
    [path, { decision_id: "b", after: "x" }],
  ]);
  expect(complained[0]).toMatch(/^a: .*decision\.not_found/);
  expect(printed.at(-1)).toBe("b  1 decisions, 10 ballots  done");
});

test("an index that is away for a moment is asked again, and one without search is told", async () => {
  const away = instanceOf([problem(503, "search.unavailable"), portion(1, null)]);
  expect(await reindex(away.client, null)).toBe(true);
  const { client } = instanceOf([problem(404, "search.off")]);
  await expect(reindex(client, null)).rejects.toThrow(ApiError);
});

test("what is not in the index is named, and is no success", async () => {
  const { client } = instanceOf([portion(1, "x", ["a"]), portion(1, null, ["b:2"])]);
  expect(await reindex(client, null)).toBe(false);
  expect(complained).toEqual(["not in the index:\n  a\n  b:2"]);
});
