import { expect, test } from "vitest";
import { renderPage } from "../../../../src/web/server/render-page.tsx";
import { readTemplate } from "../../../../src/web/server/page-template.ts";
import type { ReadApi } from "../../../../src/web/server/render-request.ts";

const template = readTemplate(
  `<html lang="en" dir="ltr"><!--head--><main><!--content--></main><!--state-->`,
);

const render = async (path: string, answer: unknown, { status = 200, hasSearch = true } = {}) => {
  const ask: ReadApi = async () => Response.json(answer, { status });
  const report = (error: unknown): never => {
    throw error;
  };
  const url = new URL(path, "https://vote.example/");
  const page = await renderPage({ url, locale: "en", template, hasSearch, ask, report });
  return { status: page.status, html: await page.text() };
};

const decisions = Array.from({ length: 100 }, (_, index) => ({
  id: `decision-${index}`,
  title: `Decision ${index} ${"on the environment ".repeat(20)}`,
  status: "open",
  created_at: "2026-11-20T08:00:00.000Z",
  opens_at: "2026-11-20T08:00:00.000Z",
  closes_at: null,
  closed_at: null,
  measure: { by: "ballots", units: null },
  result: null,
}));

test("a large page is whole, in place and without inline script, which its policy refuses", async () => {
  const { status, html } = await render("/", { items: decisions, next: null });
  expect(status).toBe(200);
  expect(html).toMatch(/<ol class="rows">.*Decision 99 .*<\/ol>.*<\/main>/s);
  expect(html).not.toMatch(/<script(?! type="application\/json")|<template|hidden=""/);
});

test("an address that no page has is answered 404, with a page that says so", async () => {
  const { status, html } = await render("/nowhere", {});
  expect(status).toBe(404);
  expect(html).toContain("<title>No such page");
  expect(html).toContain("There is no such page</h1>");
});

test("a refusal of the API is the page's status, and is said in words", async () => {
  const problem = { code: "decision.not_found", title: "There is no such decision" };
  const { status, html } = await render("/decisions/none", problem, { status: 404 });
  expect(status).toBe(404);
  expect(html).toContain("There is no such decision</h1>");
});

const found = {
  items: decisions.slice(0, 2).map((decision) => ({
    decision: { ...decision, description: "", regions: [] },
    highlights: [],
  })),
  total: 2,
  facets: {
    status: [{ value: "open", count: 2 }],
    outcome: [],
    region: [{ value: "delta", count: 1 }],
    owner: [],
    year: [{ value: "2026", count: 2 }],
  },
  next: null,
  indexed_to: "2026-11-20T08:00:00.000Z",
  age_ms: 1_000,
};

test("a search is a form with what it was narrowed to, without any script", async () => {
  const { status, html } = await render("/search?q=levy&status=open&status=closed", found);
  expect(status).toBe(200);
  expect(html).toMatch(/<form role="search"[^>]* id="search" action="\/search"/);
  expect(html).toMatch(/<input[^>]* name="q"[^>]* value="levy"/);
  for (const value of ["open", "closed"]) {
    expect(html).toMatch(
      new RegExp(`<input type="checkbox" form="search" name="status" checked="" value="${value}"`),
    );
  }
  expect(html).toMatch(/<noscript><button type="submit"[^>]* form="search"/);
  expect(html).toContain("2 decisions found");
  expect(html).toContain("<title>Search: levy · Enviro-Governance</title>");
});

test.each([
  [404, "search.off", "There is no search here"],
  [503, "search.unavailable", "Search does not answer right now"],
  [400, "search.no_words", "There is no word in it to search for"],
  [400, "search.too_deep", "No more are shown"],
])("a search that is answered %i %s says why", async (status, code, words) => {
  const { html, ...answer } = await render("/search?q=x", { code }, { status });
  expect(answer.status).toBe(status);
  expect(html).toContain(words);
  expect(html).toContain("Search decisions</h1>");
});

test("where the deployment has no search the page says so, for its styles", async () => {
  const list = { items: decisions, next: null };
  expect((await render("/", list)).html).toContain('<html lang="en" dir="ltr">');
  expect((await render("/", list, { hasSearch: false })).html).toContain(
    '<html lang="en" dir="ltr" data-search="off">',
  );
});

const counts = { yes: 3, no: 2, abstain: 1 };
const nothing = { yes: 0, no: 0, abstain: 0 };
const ballots = {
  total: counts,
  by_region: [
    { region: "delta", counts: { yes: 2, no: 1, abstain: 0 } },
    { region: null, counts: { yes: 1, no: 0, abstain: 1 } },
  ],
  other_regions: { yes: 0, no: 1, abstain: 0 },
  by_month: [{ month: "2026-11", counts }],
};
const computed = {
  indexed_to: "2026-11-20T08:00:00.000Z",
  age_ms: 400_000,
  computed_at: "2026-11-20T08:00:01.000Z",
};

test("statistics are pictures with their tables, and say how fresh they are", async () => {
  const { status, html } = await render("/statistics", {
    decisions: {
      total: 7,
      by_status: [{ value: "certified", count: 7 }],
      by_outcome: [{ value: "carried", count: 7 }],
      by_month: [{ month: "2026-11", count: 7 }],
      turnout: { decisions: 2, electorate: 12, voted: 9 },
    },
    ballots,
    ...computed,
  });
  expect(status).toBe(200);
  expect(html).toContain("7 decisions</h2>");
  expect(html).toContain("Turnout 75.0%: 9 of 12 voters");
  expect(html).toContain("6 counted ballots");
  expect(html).toMatch(/<bdi>Region not published<\/bdi>.*<bdi>All other regions<\/bdi>/s);
  expect(html.match(/<svg[^>]*class="bar"/g)?.length).toBeGreaterThan(4);
  expect(html).toContain("As of <time");
  expect(html).not.toContain("The index is behind");
});

test("statistics that were computed long after the index stood still say that it is behind", async () => {
  const late = { ...computed, computed_at: "2026-11-20T08:06:00.000Z" };
  const decisionsCounted = {
    total: 0,
    by_status: [],
    by_outcome: [],
    by_month: [],
    turnout: { decisions: 0, electorate: 0, voted: 0 },
  };
  const none = { total: nothing, by_region: [], other_regions: nothing, by_month: [] };
  const { html } = await render("/statistics", {
    decisions: decisionsCounted,
    ballots: none,
    ...late,
  });
  expect(html).toContain("The index is behind");
  expect(html).toContain("No ballot has been published with its choice yet.");
});
