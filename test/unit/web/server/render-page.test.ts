import { expect, test } from "vitest";
import { renderPage } from "../../../../src/web/server/render-page.tsx";
import { readTemplate } from "../../../../src/web/server/page-template.ts";
import type { ReadApi } from "../../../../src/web/server/render-request.ts";

const template = readTemplate("<!--head--><main><!--content--></main><!--state-->");

const render = async (path: string, answer: unknown, status = 200) => {
  const ask: ReadApi = async () => Response.json(answer, { status });
  const report = (error: unknown): never => {
    throw error;
  };
  const url = new URL(path, "https://vote.example/");
  const page = await renderPage({ url, locale: "en", template, ask, report });
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
  const { status, html } = await render("/decisions/none", problem, 404);
  expect(status).toBe(404);
  expect(html).toContain("There is no such decision</h1>");
});
