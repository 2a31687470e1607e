import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { closeAndSeal, draftDecision, fetchDecision } from "../../src/cli/api/decisions.ts";
import { createClient, type Client } from "../../src/client/client.ts";
import { eventually } from "../support/worker/eventually.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-rehearsal-"));
const words = "Rehearsal: its results never count";
let platform: LocalPlatform;
let admin: Client;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
  admin = createClient({ origin: platform.origin, credential: platform.adminKey });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

/** Holds a decision from its draft to its certificate. */
async function hold(slug: string, rehearsal: boolean): Promise<string> {
  const { id } = await draftDecision(admin, {
    slug,
    title: `Open the gate of ${slug}`,
    rehearsal,
    disclosure: "roll_call",
    ends_early: "by_organiser",
    open: true,
  });
  const votes = ["ana", "ben", "cy"].map((voter_id) => ({ voter_id, vote: "yes" as const }));
  const path = { decisionId: id };
  await admin.call("POST /api/v1/decisions/{decisionId}/votes/batch", { path, body: { votes } });
  await closeAndSeal(admin, id);
  await eventually(`the certificate of ${id}`, async () =>
    (await fetchDecision(admin, id)).status === "certified" ? true : null,
  );
  return id;
}

async function readPage(path: string, language = "en"): Promise<string> {
  const headers = { "accept-language": language };
  return (await fetch(`${platform.origin}${path}`, { headers })).text();
}

/** What a page shows, without what it carries for its scripts. */
const shownOf = (html: string) => html.replace(/<script\b.*?<\/script>/gs, "");

const pagesOf = (id: string) =>
  ["", "/ballot", "/votes", "/display", "/certificate", "/statistics"].map(
    (page) => `/decisions/${id}${page}`,
  );

/** What somebody without a key is told by the command line. */
function verify(id: string): Promise<string> {
  const args = ["src/cli/enviro.ts", "verify", "--on", platform.origin, id];
  return new Promise((resolve) =>
    execFile(process.execPath, args, (_, out, err) => resolve(out + err)),
  );
}

it("is said of a rehearsal on every page, in its signed outcome and by whoever verifies it, and of nothing else", async () => {
  const rehearsed = await hold("spring", true);
  const held = await hold("autumn", false);
  for (const page of pagesOf(rehearsed))
    expect(shownOf(await readPage(page)), page).toContain(words);
  expect(shownOf(await readPage(`/decisions/${rehearsed}/ballot`))).toContain(
    "may follow single votes of a rehearsal",
  );
  for (const page of pagesOf(held)) expect(await readPage(page), page).not.toContain(words);
  const list = await eventually("both in the list", async () => {
    const html = shownOf(await readPage("/"));
    return html.includes(rehearsed) && html.includes(held) ? html : null;
  });
  expect(list.split(words)).toHaveLength(2);
  expect(await readPage(`/decisions/${rehearsed}`)).toContain(`<title>${words} · Open the gate`);
  const french = shownOf(await readPage(`/decisions/${rehearsed}`, "fr"));
  expect(french).toContain("Répétition : ses résultats ne comptent jamais");
  const outcomeOf = async (id: string) =>
    (await fetch(`${platform.origin}/api/v1/decisions/${id}/outcome`)).json();
  expect(await outcomeOf(rehearsed)).toMatchObject({ final: true, rehearsal: true });
  expect(await outcomeOf(held)).not.toHaveProperty("rehearsal");
  expect(await verify(rehearsed)).toMatch(/rehearsal +its results never count[^]*VERIFIED:/);
  expect(await verify(held)).not.toContain("rehearsal");
});
