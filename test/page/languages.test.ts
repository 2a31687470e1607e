import { beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { useBrowser } from "../support/page/browser.ts";
import { expectNoOverflow } from "../support/page/clean-view.ts";
import { ballotLink, castAtStation, openDecision } from "../support/page/organiser.ts";
import { watchSettling } from "../support/page/settled.ts";

const { visit } = useBrowser();

const readers = [
  {
    locale: "fr-CA",
    lang: "fr-CA",
    dir: "ltr",
    heading: "Décisions",
    script: /\p{Script=Latin}/u,
    yes: "Oui",
  },
  {
    locale: "es-MX",
    lang: "es-MX",
    dir: "ltr",
    heading: "Decisiones",
    script: /\p{Script=Latin}/u,
    yes: "Sí",
  },
  {
    locale: "ar-EG",
    lang: "ar-EG-u-nu-arab",
    dir: "rtl",
    heading: "القرارات",
    script: /^[^a-z]+$/i,
    yes: "نعم",
  },
  { locale: "zh-CN", lang: "zh", dir: "ltr", heading: "决定", script: /^[^a-z]+$/i, yes: "赞成" },
  {
    locale: "ru-RU",
    lang: "ru-RU",
    dir: "ltr",
    heading: "Решения",
    script: /^[^a-z]+$/i,
    yes: "За",
  },
] as const;

let id: string;
let ballot: string;
beforeAll(async () => {
  const regions = [{ code: "north" }, { code: "south" }];
  const draft = { slug: "in-six-languages", title: "Lower the weir", regions } as const;
  id = (await openDecision({ ...draft, disclosure: "roll_call" })).id;
  await castAtStation(id, [
    { voter_id: "a", vote: "yes", region: "north", name: "Ana" },
    { voter_id: "b", vote: "no", region: "south", name: "Ben" },
  ]);
  ballot = await ballotLink(id, { voter_id: "c", region: "north", name: "Cho" });
});

const rootOf = (page: Page) =>
  page.evaluate<{ lang: string; dir: string }>(
    "({ lang: document.documentElement.lang, dir: document.documentElement.dir })",
  );

describe.each(readers)("a reader whose browser speaks $locale", (reader) => {
  it.each([390, 1_280])("reads every page in it, %i wide", async (width) => {
    const visitor = await visit({ locale: reader.locale, viewport: { width, height: 900 } });
    const { page } = visitor;
    const whenSettled = watchSettling(page);
    const paths = ["/", `/decisions/${id}`, ballot, `/decisions/${id}/votes`, "/verify"];
    const others = [`/decisions/${id}/display`, "/docs/api", "/search?q=weir", "/statistics"];
    for (const path of [...paths, ...others]) {
      await page.goto(path);
      await whenSettled();
      expect(await rootOf(page)).toEqual({ lang: reader.lang, dir: reader.dir });
      await visitor.expectSoundView(`${reader.lang} ${path.split("#")[0]}`);
      await expectNoOverflow(page, path);
    }
    await visitor.leave();
  });

  it("reads in it why a decision is carried or not", async () => {
    const visitor = await visit({ locale: reader.locale });
    const { page } = visitor;
    await page.goto(`/decisions/${id}`);
    const reasons = page.locator(".requirement-words, .requirement-name");
    await reasons.first().waitFor();
    for (const text of await reasons.allTextContents()) {
      expect(text).toMatch(reader.script);
      expect(text).not.toMatch(/\b(?:needed|met|counted|of|majority)\b/i);
    }
    await visitor.leave();
  });

  it("votes in it", async () => {
    const visitor = await visit({ locale: reader.locale });
    const { page } = visitor;
    await page.goto(ballot);
    await page.getByRole("radio", { name: reader.yes }).first().waitFor();
    await visitor.leave();
  });

  it("chooses English at the foot of a page, and their own language again", async () => {
    const visitor = await visit({ locale: reader.locale });
    const { page } = visitor;
    await page.goto("/?status=open");
    await page.getByRole("link", { name: "English", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Decisions" }).waitFor();
    expect(await rootOf(page)).toEqual({ lang: "en", dir: "ltr" });
    expect(new URL(page.url()).search).toBe("?status=open");
    const own = page.locator(`.languages [hreflang="${reader.lang.slice(0, 2)}"]`);
    await own.click();
    await page.getByRole("heading", { level: 1, name: reader.heading }).waitFor();
    expect(await rootOf(page)).toEqual({ lang: reader.lang, dir: reader.dir });
    await visitor.leave();
  });
});

describe("a decision that is written in several languages", () => {
  const title = { en: "Restore the wet meadow", fr: "Restaurer la prairie", ar: "استعادة المرج" };
  const description = { en: "All of it.", fr: "En entier.", ar: "بالكامل." };

  it.each([
    ["fr-CA", "fr"],
    ["ar-EG", "ar"],
    ["ru-RU", "en"],
  ] as const)("is read by one whose browser speaks %s in %s", async (locale, language) => {
    const draft = { slug: `meadow-${language}`, title, description };
    const { id: meadow } = await openDecision(draft);
    const visitor = await visit({ locale });
    const { page } = visitor;
    await page.goto(`/decisions/${meadow}`);
    const heading = page.getByRole("heading", { level: 1, name: title[language] });
    await heading.waitFor();
    expect(await heading.getAttribute("lang")).toBe(language);
    await page.getByText(description[language]).waitFor();
    expect(await page.title()).toContain(title[language]);
    const preview = page.locator('meta[property="og:description"]');
    expect(await preview.getAttribute("content")).toBe(description[language]);
    await visitor.expectSoundView(`a decision in ${language}`);
    await page.goto("/");
    await page.getByRole("link", { name: title[language] }).first().waitFor();
    await visitor.leave();
  });
});

describe("a reader of English", () => {
  it("loads no catalogue", async () => {
    const visitor = await visit();
    const scripts: string[] = [];
    visitor.page.on("request", (request) => scripts.push(request.url()));
    const whenSettled = watchSettling(visitor.page);
    await visitor.page.goto(`/decisions/${id}`);
    await whenSettled();
    expect(scripts.filter((url) => /\/(?:site|load-messages)-/.test(url))).toEqual([]);
    await visitor.leave();
  });

  it("keeps the ballot that a link with a language leads to, in that language", async () => {
    const visitor = await visit();
    const { page } = visitor;
    await page.goto(ballot.replace("#", "?language=es#"));
    await page.getByRole("radio", { name: "Sí" }).first().waitFor();
    expect(new URL(page.url()).search).toBe("");
    await visitor.leave();
  });
});
