import { beforeAll, describe, expect, it } from "vitest";
import { refusingSearch } from "../../../../src/search/refusing.ts";
import { SearchUnavailable } from "../../../../src/search/search.ts";
import { limits } from "../../../../src/shared/limits.ts";
import { expectLogged } from "../../../support/error-lines.ts";
import { titled } from "../../../support/search/samples.ts";
import { api } from "../../../support/worker/api.ts";
import { takeStep } from "../../../support/worker/decision-calls.ts";
import { draftDecision, openedDecision } from "../../../support/worker/decisions.ts";
import { expectProblem, refused } from "../../../support/worker/problems.ts";
import {
  ownWord,
  search,
  sendTo,
  theIndex,
  type FoundBody,
} from "../../../support/worker/search.ts";
import { settleLists } from "../../../support/worker/settle-lists.ts";

const path = "/api/v1/search/decisions";
const idsOf = ({ items }: FoundBody) => items.map(({ decision }) => decision.id);

/** A decision that everybody's lists have, in the index with these words. */
async function found(title: string, more: object = {}, given: object = {}): Promise<string> {
  const id = await openedDecision({ title, ...given });
  await settleLists(id);
  // Newer than what its feed brings.
  await theIndex().indexDecisions([{ ...titled(id, title), version: 1_000_000, ...more }]);
  return id;
}

describe("a search", () => {
  it("shows what the list shows, with what was found marked", async () => {
    const word = ownWord();
    const id = await found(`Protect the ${word} forest`);
    await theIndex().noteIndexedTo(Date.now() - 1_000);
    const body = await search({ q: `forest ${word.slice(0, 20)}` });
    expect(body).toMatchObject({ total: 1, facets: null, next: null });
    const { body: list } = await api<{ items: { id: string }[] }>(
      "GET",
      "/api/v1/decisions?per_page=100",
    );
    const listed = list.items.find((item) => item.id === id);
    expect(listed).toBeDefined();
    expect(body.items[0]?.decision).toEqual(listed);
    expect(body.items[0]?.highlights).toEqual([
      {
        field: "title",
        language: "en",
        parts: [
          { text: "Protect the ", match: false },
          { text: word, match: true },
          { text: " ", match: false },
          { text: "forest", match: true },
        ],
      },
    ]);
    expect(body.age_ms).toBe(Math.max(0, body.age_ms ?? -1));
    expect(Date.parse(body.indexed_to ?? "")).toBeGreaterThan(Date.now() - 60_000);
  });

  it("takes what is shown from the database, whatever the index says", async () => {
    const word = ownWord();
    const id = await found(`Nobody wrote ${word}`, { status: "certified", outcome: "carried" });
    const [item] = (await search({ q: word })).items;
    expect(item?.decision).toMatchObject({ id, status: "open", result: { outcome: null } });
  });

  it("shows no draft and nothing that there is not, whatever the index has", async () => {
    const word = ownWord();
    const draft = await draftDecision({ title: `Secret ${word}` });
    const cancelled = await draftDecision({ title: `Secret ${word}` });
    await takeStep(cancelled, "cancel");
    const opened = await found(`Public ${word}`);
    const ids = [draft, cancelled, "made-up-0123456789ab"];
    for (const id of ids) await settleLists(id);
    await theIndex().indexDecisions(ids.map((id) => titled(id, `Secret ${word}`)));
    const body = await search({ q: word, facets: "true" });
    expect(idsOf(body)).toEqual([opened]);
    expect(JSON.stringify(body.items)).not.toContain("Secret");
  });

  describe("among many", () => {
    const word = ownWord();
    const owner = `owner-${word}`;
    beforeAll(async () => {
      const at = (year: number) => Date.UTC(year, 5, 1);
      await found(`One ${word}`, { owner, opensAt: at(2024), regions: ["north"] });
      await found(`Two ${word}`, { owner, opensAt: at(2025), status: "closed", outcome: "tie" });
      await found(`Three ${word}`, {
        opensAt: at(2026),
        status: "certified",
        outcome: "carried",
        regions: ["north", "south"],
      });
    });
    const titles = async (query: Record<string, string>) =>
      (await search({ q: word, ...query })).items.map(({ decision: { title } }) =>
        title.replace(` ${word}`, ""),
      );

    it("is narrowed by status, outcome, region, owner and time, all together", async () => {
      expect((await titles({})).toSorted()).toEqual(["One", "Three", "Two"]);
      expect(await titles({ status: "open" })).toEqual(["One"]);
      expect((await titles({ status: "closed,certified" })).toSorted()).toEqual(["Three", "Two"]);
      expect(await titles({ outcome: "carried,no_quorum" })).toEqual(["Three"]);
      expect((await titles({ region: "north" })).toSorted()).toEqual(["One", "Three"]);
      expect((await titles({ owner })).toSorted()).toEqual(["One", "Two"]);
      expect((await titles({ from: "2025-06-01" })).toSorted()).toEqual(["Three", "Two"]);
      expect(await titles({ from: "2025-06-01T00:00:00.001Z" })).toEqual(["Three"]);
      expect(await titles({ to: "2025-06-01T02:00:00+02:00" })).toEqual(["One"]);
      expect(await titles({ from: "2025-01-01", to: "2026-01-01", owner })).toEqual(["Two"]);
      expect(await titles({ region: "south", owner })).toEqual([]);
    });

    it("counts what is found by its values where that is asked for", async () => {
      expect((await search({ q: word, facets: "false" })).facets).toBeNull();
      expect((await search({ q: word, facets: "true" })).facets).toEqual({
        status: [
          { value: "certified", count: 1 },
          { value: "closed", count: 1 },
          { value: "open", count: 1 },
        ],
        outcome: [
          { value: "carried", count: 1 },
          { value: "tie", count: 1 },
        ],
        region: [
          { value: "north", count: 2 },
          { value: "south", count: 1 },
        ],
        owner: [{ value: owner, count: 2 }],
        year: [
          { value: "2024", count: 1 },
          { value: "2025", count: 1 },
          { value: "2026", count: 1 },
        ],
      });
    });

    it("goes on page by page, for the same question alone", async () => {
      const all = idsOf(await search({ q: word }));
      const walked: string[] = [];
      let after: Record<string, string> = {};
      for (let page = 1; page <= 3; page += 1) {
        const body = await search({ q: word, per_page: "1", ...after });
        expect(body.total).toBe(3);
        walked.push(...idsOf(body));
        expect(body.next === null).toBe(page === 3);
        if (body.next !== null) after = { after: body.next };
      }
      expect(walked).toEqual(all);
      const ask = async (query: Record<string, string>) => {
        const sent = `${path}?${new URLSearchParams({ ...query, ...after }).toString()}`;
        const { errors } = await refused("GET", sent, {}, 400, "query.invalid");
        expect(errors).toMatchObject([{ pointer: "/after" }]);
      };
      await ask({ q: `${word} x` });
      await ask({ q: word, status: "open" });
      await ask({});
    });
  });

  it("is paged through a thousand deep, and no further", async () => {
    const word = ownWord();
    const documents = Array.from({ length: limits.searchHitsMax + 1 }, (_, index) =>
      titled(`${word}-${index}`, word),
    );
    await theIndex().indexDecisions(documents);
    let after: Record<string, string> = {};
    for (let hits = 0; hits < limits.searchHitsMax; hits += 90) {
      const body = await search({ q: word, per_page: "90", ...after });
      expect(body.total).toBe(limits.searchHitsMax + 1);
      // Of these the database has none.
      expect(body.items).toEqual([]);
      after = { after: body.next ?? "" };
    }
    const query = new URLSearchParams({ q: word, ...after }).toString();
    await refused("GET", `${path}?${query}`, {}, 400, "search.too_deep");
  });
});

describe("what is searched for", () => {
  it("is everything where nothing is said, and nothing where no word is", async () => {
    const all = await search({});
    expect(await search({ q: " " })).toMatchObject({ total: all.total });
    expect(await search({ q: "" })).toMatchObject({ total: all.total });
    for (const q of ["*", "***", '" "', "/.*/", "-", "\u0301", "🗳️", "(", "^~"])
      await refused("GET", `${path}?q=${encodeURIComponent(q)}`, {}, 400, "search.no_words");
  });

  it("has a bounded number of characters and words, in scripts without blanks too", async () => {
    const ask = async (q: string) =>
      (await api("GET", `${path}?q=${encodeURIComponent(q)}`)).status;
    expect(await ask("a ".repeat(16))).toBe(200);
    expect(await ask("ไab".repeat(8))).toBe(200);
    expect(await ask("ไab".repeat(9))).toBe(400);
    expect(await ask("a.".repeat(17))).toBe(400);
    expect(await ask("a".repeat(200))).toBe(200);
    expect(await ask("a".repeat(201))).toBe(400);
    expect(await ask("森林を守るための決定")).toBe(200);
    expect(await ask("森林を守るための決定".repeat(12))).toBe(400);
    const { errors } = await refused(
      "GET",
      `${path}?q=${"a+".repeat(20)}`,
      {},
      400,
      "query.invalid",
    );
    expect(errors).toMatchObject([{ pointer: "/q" }]);
  });

  it.each([
    "status=draft",
    "status=",
    "status=open,,closed",
    "status=open&status=closed",
    "outcome=won",
    "region=*",
    "owner=River%20Keepers",
    "from=yesterday",
    "from=2026-02-30",
    "to=2026",
    "facets=yes",
    "facets=",
    "per_page=0",
    "per_page=101",
    "q=%00",
    "after=x",
    "after=",
    "after=WzFd",
    "sort=title",
    "size=10",
  ])("is refused where a parameter is not valid or not known: %s", async (query) => {
    const answer = await api<{ code: string }>("GET", `${path}?${query}`);
    expect([answer.status, answer.body.code]).toEqual([
      400,
      /^(sort|size)=/.test(query) ? "query.unknown_parameter" : "query.invalid",
    ]);
  });

  it("is refused by the list, which would answer another question", async () => {
    await refused("GET", "/api/v1/decisions?q=forest", {}, 400, "query.unknown_parameter");
  });
});

describe("without an index", () => {
  const paths = async () => [
    path,
    "/api/v1/stats",
    `/api/v1/decisions/${await openedDecision()}/stats`,
  ];

  it("a deployment says that it has no search", async () => {
    for (const each of await paths()) {
      const answer = await sendTo({ search: null, statistics: null }, each);
      await expectProblem(answer, 404, "search.off");
    }
  });

  it("that answers, a deployment says so, and lists go on", async () => {
    const away = refusingSearch("the index is away");
    const statistics = { read: () => Promise.reject(new SearchUnavailable("away")) };
    for (const each of await paths()) {
      const answer = await sendTo({ search: away, statistics }, each);
      expect(answer.headers.get("retry-after")).toBe("5");
      await expectProblem(answer, 503, "search.unavailable");
    }
    await expectLogged("http.failed");
    expect((await sendTo({ search: away, statistics }, "/api/v1/decisions")).status).toBe(200);
  });
});
