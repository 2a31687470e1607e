import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bootPlatform } from "../../scripts/local-platform/boot.ts";

interface ReadPage {
  status: number;
  html: string;
}

/** Reads pages of a deployment with these settings, one after another. */
async function readPages(vars: Record<string, string>, paths: string[]): Promise<ReadPage[]> {
  const folder = mkdtempSync(join(tmpdir(), "enviro-search-pages-"));
  const platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0, vars });
  try {
    const pages: ReadPage[] = [];
    for (const path of paths) {
      const answer = await fetch(`${platform.origin}${path}`);
      pages.push({ status: answer.status, html: await answer.text() });
    }
    return pages;
  } finally {
    await platform.stop();
    rmSync(folder, { recursive: true });
  }
}

const paths = ["/", "/search?q=levy", "/statistics"];
const list = /<h1>Decisions<\/h1>/;

describe("the pages of a deployment", () => {
  it("without a search show nothing that leads to one, and say so where it is asked for", async () => {
    const [first, ...others] = await readPages({ SEARCH: "none" }, paths);
    expect(first?.status).toBe(200);
    expect(first?.html).toMatch(list);
    expect(first?.html).toContain('data-search="off"');
    for (const { status, html } of others) {
      expect(status).toBe(404);
      expect(html).toContain("There is no search here");
      expect(html).toMatch(/<a\b[^>]*href="\/"[^>]*>All decisions<\/a>/);
    }
  });

  it("whose search does not answer show the list, and say what goes on", async () => {
    const [first, ...others] = await readPages({ SEARCH: "opensearch", SEARCH_URL: "" }, paths);
    expect(first?.status).toBe(200);
    expect(first?.html).toMatch(list);
    expect(first?.html).not.toContain('data-search="off"');
    for (const { status, html } of others) {
      expect(status).toBe(503);
      expect(html).toContain("Search does not answer right now");
      expect(html).toContain("Votes, results and the list of decisions go on without it.");
    }
  });
});
