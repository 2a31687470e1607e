import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { askPlatform, holdVote } from "../support/metrics/hold-vote.ts";
import { samplesIn, scrape } from "../support/metrics/scrape.ts";
import { eventually } from "../support/worker/eventually.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-metrics-"));
let platform: LocalPlatform;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

const cast = `http_server_request_duration_seconds_count{http_request_method="POST",http_route="/api/v1/voting/cast-vote",status_class="2xx"}`;
const accepted = `enviro_votes_total{outcome="accepted"}`;
const drafted = `http_server_request_duration_seconds_count{http_request_method="POST",http_route="/api/v1/decisions",status_class="2xx"}`;

/** What is counted on a platform of its own that holds one sealed decision, in which so many vote. */
async function countedOfSealed(votes: number): Promise<Record<string, number>> {
  const own = await bootPlatform({ stateFolder: join(folder, `sealed-${votes}`), port: 0 });
  try {
    const terms = { voters: 60, votes, visibility: "sealed" } as const;
    const id = await holdVote(own, "sealed", terms);
    // Refused, and never told of either.
    const body = { decision_id: id, vote: "yes" };
    for (let sent = 0; sent < votes; sent += 1)
      await askPlatform(own, "/voting/cast-vote", { body, credential: "no token" });
    const samples = await eventually("what was drafted", async () => {
      const scraped = samplesIn(await scrape(own));
      return (scraped.get(drafted) ?? 0) > 0 ? scraped : null;
    });
    // Times differ, and so does how often this asks.
    const counted = [...samples].filter(
      ([name]) => /_(?:count|total)(?:\{|$)/.test(name) && !name.includes("/metrics"),
    );
    return Object.fromEntries(counted);
  } finally {
    await own.stop();
  }
}

/** Scrapes until this sample is at least so large, and gives all samples. */
function scrapedWith(sample: string, least: number): Promise<ReadonlyMap<string, number>> {
  return eventually(`${sample} ${least}`, async () => {
    const samples = samplesIn(await scrape(platform));
    return (samples.get(sample) ?? 0) >= least ? samples : null;
  });
}

describe("what the built Worker measures", () => {
  it("is the same whether few or many have voted in a sealed decision", async () => {
    const few = await countedOfSealed(11);
    expect(Object.keys(few).length).toBeGreaterThan(20);
    expect(await countedOfSealed(55)).toEqual(few);
  });

  it("is each vote of an open one, from the request to the database, and no name of anything", async () => {
    const open = await holdVote(platform, "wetland", { voters: 40, visibility: "live" });
    const samples = await scrapedWith(accepted, 40);
    expect(samples.get(cast)).toBe(40);
    expect(samples.get("enviro_commit_size_ballots_sum")).toBe(40);
    const text = await scrape(platform);
    for (const named of [open, "wetland", "voter-1", "north", "yes"])
      expect(text).not.toContain(named);
  });

  it("is what readers ask, by where it was answered from, and pages", async () => {
    const id = await holdVote(platform, "river", { voters: 1, visibility: "live" });
    for (let reads = 0; reads < 3; reads += 1)
      await askPlatform(platform, `/decisions/${id}/results`);
    await fetch(`${platform.origin}/`);
    const samples = await scrapedWith(`enviro_cache_reads_total{tier="record"}`, 1);
    expect(samples.get(`enviro_cache_reads_total{tier="isolate"}`)).toBeGreaterThan(0);
    const page = `http_server_request_duration_seconds_count{http_request_method="GET",http_route="page",status_class="2xx"}`;
    expect(samples.get(page)).toBeGreaterThan(0);
  });

  it("is answered to administrators and auditors alone", async () => {
    const asked = await fetch(`${platform.origin}/metrics`);
    expect(asked.status).toBe(401);
    expect(await asked.json()).toMatchObject({ code: "credential.missing" });
  });
});
