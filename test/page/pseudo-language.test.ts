import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { castVotes } from "../../src/cli/api/cast-batch.ts";
import { closeAndSeal, draftDecision, fetchDecision } from "../../src/cli/api/decisions.ts";
import { uploadRoll } from "../../src/cli/api/upload-roll.ts";
import { createClient, type Client } from "../../src/client/client.ts";
import { matchPath } from "../../src/web/app/match-path.ts";
import { pageRoutes } from "../../src/web/app/routes.ts";
import { organisePaths } from "../support/page/organise-paths.ts";
import { foreignTexts, unfoldAll } from "../support/page/foreign-texts.ts";
import { pseudoLanguage, startPseudoSystem } from "../support/page/pseudo-system.ts";
import { watchSettling } from "../support/page/settled.ts";
import { visit, type Visitor } from "../support/page/visitor.ts";
import { eventually } from "../support/worker/eventually.ts";

// All data is in letters of another script: what is in those of English is the page's own.
const regions = [
  { code: "Д", name: "Дельта" },
  { code: "И", name: "Исток" },
];
const rule = {
  title: "Устав",
  groups: { палаты: ["Д", "И"] },
  requirements: [
    { id: "кворум", quorum: true, count: "cast", at_least: 1 },
    { id: "палаты", each: "палаты", meets: "for" },
    {
      id: "или",
      any: [
        { count: "yes", more_than: "1/2", of: ["yes", "no"] },
        { count: { units: "regions", that: "for" }, at_least: 2 },
      ],
    },
  ],
};
const terms = {
  title: "Понизить плотину?",
  description: "Вся она.",
  regions,
  rule,
  ends_early: "by_organiser",
  disclosure: "roll_call",
  closes_at: "2036-03-01T12:00:00.000Z",
} as const;
/** Names that are the same in every language, and that of a local key. */
const names = ["Enviro-Governance", "UTC", "local"];

let platform: LocalPlatform;
let browser: Browser;
let admin: Client;
/** Ids of decisions, by what they are. */
const ids = { open: "", certified: "", draft: "", cancelled: "", scheduled: "" };
let token = "";

beforeAll(async () => {
  platform = await startPseudoSystem();
  admin = createClient({ origin: platform.origin, credential: platform.adminKey });
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({ executablePath: inject("chromium"), args });
  const open = { ...terms, open: true };
  const later = { opens_at: "2035-03-01T12:00:00.000Z" };
  ids.open = (await draftDecision(admin, { ...open, slug: "open" })).id;
  ids.certified = (await draftDecision(admin, { ...open, slug: "certified" })).id;
  ids.cancelled = (await draftDecision(admin, { ...open, slug: "cancelled" })).id;
  ids.scheduled = (await draftDecision(admin, { ...open, ...later, slug: "scheduled" })).id;
  ids.draft = (await draftDecision(admin, { ...terms, electorate: "roll", slug: "draft" })).id;
  const file = new Blob(["voter_id,region\nА-1,Д\nА-2,И\n"], { type: "text/csv" });
  await uploadRoll(admin, { decisionId: ids.draft, file });
  for (const decisionId of [ids.open, ids.certified]) {
    const votes = ["yes", "no", "abstain"].map((vote, index) => ({
      voter_id: `А-${index}`,
      vote: vote as "yes" | "no" | "abstain",
      region: index === 1 ? "И" : "Д",
      name: `Аня ${index}`,
    }));
    await castVotes(admin, { decisionId, votes });
  }
  const voters = [{ voter_id: "Б-1", region: "Д", name: "Боря" }];
  const issued = await admin.call("POST /api/v1/decisions/{decisionId}/tokens", {
    path: { decisionId: ids.open },
    body: { voters },
  });
  token = issued.tokens[0]?.token ?? "";
  const path = { decisionId: ids.cancelled };
  await admin.call("POST /api/v1/decisions/{decisionId}/cancel", { path });
  await closeAndSeal(admin, ids.certified);
  await eventually("the certificate", async () =>
    (await fetchDecision(admin, ids.certified)).status === "certified" ? true : null,
  );
});

afterAll(async () => {
  await browser.close();
  await platform.stop();
});

const paths = new Set<string>();

async function read(): Promise<Visitor> {
  return visit(browser, platform.origin, { locale: pseudoLanguage });
}

/** Opens an address, and fails on a text that is the same in every language. */
async function expectTranslated({ page }: Visitor, path: string): Promise<void> {
  const whenSettled = watchSettling(page);
  await page.goto(path);
  await whenSettled();
  await unfoldAll(page);
  await whenSettled();
  paths.add(path.replace(/[?#].*/, ""));
  expect.soft(await foreignTexts(page, [...names, ...Object.values(ids)]), path).toEqual([]);
}

describe("in a language whose letters are none of English", () => {
  it("readers and voters are shown nothing but messages and what is the decision's", async () => {
    const visitor = await read();
    for (const end of ["", "/ballot", "/votes", "/display", "/certificate", "/statistics"]) {
      for (const id of [ids.open, ids.certified, ids.cancelled, ids.scheduled]) {
        await expectTranslated(visitor, `/decisions/${id}${end}`);
      }
    }
    await expectTranslated(visitor, `/decisions/${ids.open}/ballot#token=${token}`);
    const others = [
      "/",
      "/?status=draft",
      "/search",
      "/search?q=%D0%9F",
      "/statistics",
      "/plan",
      "/status",
      "/verify",
      "/docs/api",
    ];
    await platform.runCron();
    for (const path of [...others, `/verify?decision=${ids.certified}`]) {
      await expectTranslated(visitor, path);
    }
    await visitor.leave();
  });

  it("organisers and administrators are, too", async () => {
    const visitor = await read();
    const { page } = visitor;
    await expectTranslated(visitor, "/organise");
    await page.locator("input[type=password]").fill(platform.adminKey);
    await page.keyboard.press("Enter");
    await page.locator("nav").first().waitFor();
    for (const path of organisePaths) {
      const isOfDecision = path.includes(":id");
      for (const id of isOfDecision ? [ids.draft, ids.open, ids.certified] : [""]) {
        await expectTranslated(visitor, path.replace(":id", id));
      }
    }
    await visitor.leave();
  });

  it("there is no page that was not looked at", () => {
    const all = [...pageRoutes.map(({ path }) => path), ...organisePaths];
    expect(organisePaths.length).toBeGreaterThan(10);
    const isSeen = (path: string) => [...paths].some((seen) => matchPath(path, seen) !== null);
    expect(all.filter((path) => !isSeen(path))).toEqual([]);
  });
});
