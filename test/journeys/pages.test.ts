import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { draftDecision } from "../../src/cli/api/decisions.ts";
import { createClient } from "../../src/client/client.ts";

const hostileTitle = `</script><script>alert(1)</script> "levy" & $& <!--`;
const folder = mkdtempSync(join(tmpdir(), "enviro-pages-"));
let platform: LocalPlatform;
let decisionId: string;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
  const admin = createClient({ origin: platform.origin, credential: platform.adminKey });
  const { id } = await draftDecision(admin, {
    slug: "hostile-title",
    title: hostileTitle,
    description: "What is **decided** here.",
    regions: [{ code: "Delta", name: "Delta" }],
    ends_early: "by_organiser",
    open: true,
  });
  decisionId = id;
  // The list comes from the database, which follows the record.
  await vi.waitUntil(async () => (await readPage("/")).html.includes(`"id":"${id}"`), {
    timeout: 60_000,
    interval: 200,
  });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

async function readPage(path: string): Promise<{ answer: Response; html: string }> {
  const answer = await fetch(`${platform.origin}${path}`);
  return { answer, html: await answer.text() };
}

const tagsOf = (html: string, name: string) =>
  html.match(new RegExp(`<${name}\\b[^>]*>`, "g")) ?? [];

/** The status of an address as it stands: `fetch` would tidy it up first. */
function statusOf(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(platform.origin);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).once("error", reject);
  });
}

describe("pages", () => {
  it("are in the language that the reader asks for, and say so", async () => {
    const answer = await fetch(`${platform.origin}/`, {
      headers: { "accept-language": "ar-EG,ar;q=0.9,en;q=0.8" },
    });
    expect(answer.headers.get("content-language")).toBe("ar-EG-u-nu-arab");
    expect(answer.headers.get("vary")).toBe("Accept-Language, Cookie");
    const html = await answer.text();
    expect(html).toContain('<html lang="ar-EG-u-nu-arab" dir="rtl">');
    expect(html).toMatch(/<link rel="modulepreload" href="\/assets\/site-[^"]+">/);
    const { html: english } = await readPage("/");
    expect(english).toContain('<html lang="en" dir="ltr">');
    expect(english).not.toMatch(/modulepreload" href="\/assets\/(?:site|load-messages)/);
  });

  it("keep the language that an address names, at the address without it", async () => {
    const answer = await fetch(`${platform.origin}/verify?decision=x&language=fr`, {
      redirect: "manual",
    });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`${platform.origin}/verify?decision=x`);
    const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
    const page = await fetch(`${platform.origin}/verify`, { headers: { cookie } });
    expect(await page.text()).toContain('<html lang="fr" dir="ltr">');
  });

  it("arrive as content, with a title and what a chat shows of a link", async () => {
    const { answer, html } = await readPage("/");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(html).toContain("<title>Decisions · Enviro-Governance</title>");
    expect(html).toContain('<meta property="og:title" content="Decisions · Enviro-Governance">');
    expect(html).toMatch(new RegExp(`<a\\b[^>]*href="/decisions/${decisionId}"`));
  });

  it("take no text of a decision for markup, wherever it stands", async () => {
    for (const path of ["/", `/decisions/${decisionId}`, `/decisions/${decisionId}/votes`]) {
      const { answer, html } = await readPage(path);
      expect(answer.status).toBe(200);
      expect(html).not.toContain("<script>alert");
      expect(html).toContain("&lt;/script&gt;");
      // The template's comments are gone, and what looks like one in a replacement did nothing.
      expect(html).not.toContain("<!--head-->");
      const [, state = ""] =
        /<script type="application\/json" id="state">(.*?)<\/script>/s.exec(html) ?? [];
      expect(JSON.stringify(JSON.parse(state))).toContain(
        JSON.stringify(hostileTitle).slice(1, -1),
      );
    }
  });

  it("have no inline script, style or handler, and a policy that would refuse them", async () => {
    const paths = ["/", "/search?q=levy", "/statistics", "/plan", "/verify", "/docs/api"];
    for (const path of [...paths, `/decisions/${decisionId}`]) {
      const { answer, html } = await readPage(path);
      const scripts = tagsOf(html, "script").filter((tag) => !tag.includes("application/json"));
      expect(scripts).toHaveLength(1);
      expect(scripts[0]).toMatch(/src="\/assets\//);
      expect(html).not.toMatch(/<style\b/);
      expect(tagsOf(html, "\\w+").filter((tag) => /\s(?:style|on\w+)=/.test(tag))).toEqual([]);
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      // A search without scripts is a form.
      expect(policy).toContain("form-action 'self'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    }
  });

  it("link the files that they need, which are there and never change", async () => {
    const { html } = await readPage(`/decisions/${decisionId}`);
    const links = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
      ([, path = ""]) => path,
    );
    expect(new Set(links).size).toBe(links.length);
    expect(links.some((path) => path.includes("decision-page"))).toBe(true);
    for (const path of links) {
      const file = await fetch(`${platform.origin}${path}`);
      expect(file.status, path).toBe(200);
      expect(file.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      await file.arrayBuffer();
    }
  });

  it("have a frame that runs nothing when it is asked for by its name", async () => {
    const { answer } = await readPage("/page.html");
    const policy = answer.headers.get("content-security-policy");
    expect(policy).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  it("are not rendered for a file that another release had", async () => {
    const { answer, html } = await readPage("/assets/page-00000000.js");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      404,
      "text/plain; charset=utf-8",
    ]);
    expect(html).not.toContain("<main");
  });

  it("are asked for again each time, so that they name the files of the newest release", async () => {
    const { answer } = await readPage("/");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
  });

  it.each([
    "/.git/config",
    "/.dev.vars",
    "/wrangler.json",
    "/index.js",
    "/nowhere",
    "/decisions",
    "/decisions/none-such",
    "/decisions/none-such/votes",
    "/page.html/x",
  ])("%s is 404, and says so as a page", async (path) => {
    const { answer, html } = await readPage(path);
    expect(answer.status).toBe(404);
    expect(html).toContain("<main");
  });

  it.each([
    "/%",
    "/decisions/%ff",
    "/decisions/%2e%2e%2f",
    "//",
    "/decisions//votes",
    "/?status=none",
  ])("%s breaks nothing", async (path) => {
    expect(await statusOf(path)).toBeLessThan(500);
  });

  it("leave the API to itself, which answers a method that it does not know", async () => {
    const answer = await fetch(`${platform.origin}/`, { method: "POST" });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    await answer.arrayBuffer();
    const unknown = await fetch(`${platform.origin}/api/none`);
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get("content-type")).toBe("application/problem+json");
    await unknown.arrayBuffer();
  });
});
