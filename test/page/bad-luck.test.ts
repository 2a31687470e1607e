import { describe, expect, inject, it } from "vitest";
import type { Page } from "playwright-core";
import { localId } from "../support/local-id.ts";
import { useBrowser } from "../support/page/browser.ts";
import { violations } from "../support/page/accessibility.ts";
import { firstListedTitle, openDecision } from "../support/page/organiser.ts";
import { keepPicture } from "../support/page/pictures.ts";
import { watchSettling } from "../support/page/settled.ts";
import type { Visitor } from "../support/page/visitor.ts";

const { visit } = useBrowser();
const certified = `/decisions/${localId("nuclear-tests-1991")}`;
const open = `/decisions/${localId("floodplain-members-2026")}`;
const title = "Give the floodplain back to the river";
const decisionCode = /\/assets\/decision-page-[^/]*\.js$/;
const dayMs = 86_400_000;

/** How often the page itself was loaded. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("request", (request) => {
    if (request.isNavigationRequest()) loads += 1;
  });
  return () => loads;
}

/** Files of a release that is gone. */
async function loseFiles({ page, expectRefusal, expectNoAnswer }: Visitor, files: RegExp) {
  expectNoAnswer(files);
  expectRefusal(404, ".js");
  expectRefusal(404, ".css");
  await page.route(files, (route) => route.fulfill({ status: 404, body: "" }));
}

async function openSettled(page: Page, path: string): Promise<void> {
  const whenSettled = watchSettling(page);
  await page.goto(path);
  await whenSettled();
}

describe("a page of a release that is gone", () => {
  it("is loaded anew once, and then says what to do", async () => {
    const first = await firstListedTitle();
    const visitor = await visit();
    const { page } = visitor;
    visitor.expectLostCode();
    await openSettled(page, "/");
    await loseFiles(visitor, decisionCode);
    const loads = countLoads(page);
    await page.getByRole("link", { name: first }).first().click();
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
    expect(loads(), "loads after the first loss").toBe(1);

    await openSettled(page, "/");
    await page.getByRole("link", { name: first }).first().click();
    await page.getByText("This page could not be shown").waitFor();
    expect(loads(), "loads after the second loss").toBe(2);
    await page.unroute(decisionCode);
    await page.getByRole("button", { name: "Load again" }).click();
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
    await visitor.leave();
  });

  it("can be read where none of its files is left", async () => {
    const visitor = await visit();
    const { page } = visitor;
    visitor.expectLostCode();
    await loseFiles(visitor, /\/assets\//);
    const loads = countLoads(page);
    await page.goto(open);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    expect(await page.locator("main").innerText()).toContain("Simple majority");
    expect(loads()).toBe(1);
    await visitor.leave();
  });
});

describe("a server that is slow or away", () => {
  it("is waited for where a link within the site leads", async () => {
    const first = await firstListedTitle();
    const visitor = await visit();
    const { page } = visitor;
    await openSettled(page, "/");
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/\/api\/v1\/decisions\/[^/?]+/, async (route) => {
      await released;
      await route.fallback();
    });
    await page.getByRole("link", { name: first }).first().click();
    await page.locator("main [aria-busy=true]").first().waitFor();
    release();
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
    await visitor.leave();
  });

  it("is told within the result, which goes on by itself when it returns", async () => {
    const visitor = await visit();
    const { page } = visitor;
    visitor.expectNoAnswer(/^\/api\//);
    await page.route(/\/api\//, (route) => route.abort("connectionrefused"));
    await page.goto(open);
    await page.getByText(/^Not live/).waitFor();
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await page.unrouteAll();
    await page.locator("[data-connection=live]").waitFor();
    await visitor.leave();
  });
});

describe("a browser", () => {
  it.each([
    ["a day ahead", dayMs],
    ["a day behind", -dayMs],
  ])("whose clock is %s shows how fresh a result is by the server's", async (_name, ms) => {
    const visitor = await visit();
    const { page } = visitor;
    await page.clock.install({ time: Date.now() + ms });
    await openSettled(page, open);
    await page.locator("[data-connection=live]").waitFor();
    // Released when the tests began: an hour ago at most.
    expect(await page.locator(".as-of").innerText()).not.toMatch(/day|\d\d h|-/);
    expect(await page.locator("main").innerText()).not.toMatch(/Voting is over/);
    await visitor.leave();
  });

  it("that refuses to store anything shows every page", async () => {
    const visitor = await visit();
    const { page } = visitor;
    await visitor.context.addInitScript(`for (const name of ["localStorage", "sessionStorage"])
      Object.defineProperty(globalThis, name, { get() { throw new DOMException("refused", "SecurityError"); } });`);
    const whenSettled = watchSettling(page);
    for (const path of [
      "/",
      open,
      `${open}/ballot`,
      `${open}/display`,
      `${certified}/votes`,
      `/verify?decision=${localId("nuclear-tests-1991")}`,
      "/docs/api",
    ]) {
      await page.goto(path);
      await whenSettled();
      expect(await page.getByText("This page could not be shown").count(), path).toBe(0);
      visitor.expectNoFaults(path);
    }
    await visitor.leave();
  });

  it("goes back, forward and anew to what it showed, with the focus on each new page", async () => {
    const first = await firstListedTitle();
    const visitor = await visit();
    const { page } = visitor;
    const focused = (): Promise<string> => page.evaluate<string>("document.activeElement.id");
    const heading = page.getByRole("heading", { level: 1 });
    await openSettled(page, "/");
    const listed = await heading.innerText();
    await page.getByRole("link", { name: first }).first().click();
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
    expect(await focused()).toBe("content");
    await page.reload();
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: listed }).waitFor();
    await page.goForward();
    await page.getByRole("heading", { level: 1, name: first }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: listed }).waitFor();
    expect(await page.title()).toContain("Enviro-Governance");
    await visitor.leave();
  });

  it("with colours of its own shows choices and shares that can be told apart", async () => {
    const { id } = await openDecision({ slug: "forced-colours", title: "Lower the weir" });
    for (const colorScheme of ["dark", "light"] as const) {
      const visitor = await visit({ forcedColors: "active", colorScheme });
      const { page } = visitor;
      for (const path of [certified, `/decisions/${id}/ballot`, "/"]) {
        await openSettled(page, path);
        const view = `forced colours ${colorScheme} ${path}`;
        // axe reads the fill of text, which Chromium does not force where it forces the colour.
        const found = await violations(page);
        expect(
          found.filter((each) => !each.startsWith("color-contrast")),
          view,
        ).toEqual([]);
        await keepPicture(page, view);
      }
      await visitor.leave();
    }
  });
});

describe("without scripts", () => {
  it.each([
    ["the list", "/", ["Decisions"]],
    ["an open decision", open, [title, "Simple majority"]],
    ["a certified decision", certified, ["Certified"]],
    ["a ballot", `${open}/ballot`, [title]],
    ["the display", `${open}/display`, [title]],
    ["the votes", `${certified}/votes`, ["Brazil"]],
    ["the check", "/verify", ["Receipt"]],
    ["the API's description", "/docs/api", ["/api/v1/decisions"]],
    ["no such page", "/nowhere", []],
  ])("%s can be read", async (_name, path, texts) => {
    const visitor = await visit({ javaScriptEnabled: false });
    const { page } = visitor;
    await page.goto(path);
    const text = await page.locator("main").innerText();
    for (const each of texts) expect(text).toContain(each);
    if (path === "/") expect(text).toContain(await firstListedTitle());
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("main [aria-busy=true]").count(), text).toBe(0);
    // What would load scripts is refused, and said to have failed.
    await visitor.context.close();
  });
});

describe("what a page moves", () => {
  it("stands still for whoever asked for that", async () => {
    const { id } = inject("demo").openDecision;
    const visitor = await visit({ reducedMotion: "reduce" });
    const { page } = visitor;
    for (const path of ["/", `/decisions/${id}`, `/decisions/${id}/display`]) {
      await openSettled(page, path);
      const moving = `document.getAnimations().filter((each) =>
        each.playState === "running" && each.effect.getComputedTiming().activeDuration > 50)
        .map((each) => each.animationName ?? each.transitionProperty)`;
      expect(await page.evaluate<string[]>(moving), path).toEqual([]);
    }
    await visitor.leave();
  });
});
