import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { askPlatform, holdVote } from "../../support/metrics/hold-vote.ts";
import { scrape } from "../../support/metrics/scrape.ts";
import { startOwnGateway, type OwnGateway } from "../../support/services/own-gateway.ts";
import {
  promtool,
  startPrometheus,
  type RunningPrometheus,
} from "../../support/services/prometheus.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-dashboards-"));
let platform: LocalPlatform;
let gateway: OwnGateway;
let prometheus: RunningPrometheus;
const ending = new AbortController();
let voting: Promise<void>;

const dashboardSchema = z.object({
  title: z.string(),
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) }),
  ),
});
const queries = globSync("deploy/grafana/*.json").flatMap((file) =>
  dashboardSchema
    .parse(JSON.parse(readFileSync(file, "utf8")))
    .panels.flatMap((panel) =>
      panel.targets.map(({ expr }) => ({ panel: `${basename(file)}: ${panel.title}`, expr })),
    ),
);

/** Votes and readers for as long as somebody looks. */
async function keepVoting(): Promise<void> {
  for (let round = 0; !ending.signal.aborted; round += 1) {
    const id = await holdVote(platform, `round-${round}`, { voters: 12, visibility: "live" });
    await askPlatform(platform, `/decisions/${id}/results`);
    await askPlatform(platform, `/decisions/${id}/results`);
    await askPlatform(platform, "/decisions");
  }
}

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
  // Nothing is behind it, which it says.
  gateway = await startOwnGateway({
    KAFKA_BROKERS: "127.0.0.1:9",
    REDIS_URL: "redis://127.0.0.1:9",
    GATEWAY_REDIS_TOKEN: "a token of the test, long enough",
  });
  if (gateway.url === null) throw new Error(gateway.output());
  prometheus = await startPrometheus({
    worker: platform.origin,
    key: platform.adminKey,
    gateway: gateway.url,
  });
  voting = keepVoting();
});

afterAll(async () => {
  ending.abort();
  await voting;
  await prometheus.stop();
  gateway.signal("SIGTERM");
  await gateway.ended;
  await platform.stop();
  rmSync(folder, { recursive: true });
});

describe("what is deployed beside a deployment", () => {
  it("are rules and a configuration that Prometheus takes", () => {
    promtool(["check", "rules", "deploy/alerts.yml"]);
    promtool(["check", "config", "--syntax-only", "deploy/prometheus.yml"]);
  });

  it("are alerts that all fire on planted series, and none while all is well", async () => {
    promtool(["test", "rules", "test/data/alerts-test.yml"]);
    const planted = readFileSync("test/data/alerts-test.yml", "utf8");
    for (const { name } of await prometheus.alerts())
      expect(planted).toContain(`alertname="${name}"`);
  });
});

describe("a real run", () => {
  it("gives metrics in which promtool finds nothing to say, Worker and gateway", async () => {
    promtool(["check", "metrics"], await scrape(platform));
    const ofGateway = async () => (await fetch(`${gateway.url}/metrics`)).text();
    // The first that is measured is this question itself.
    await expect.poll(ofGateway).toContain("http_server_request_duration_seconds_bucket");
  });

  it.each(queries)("is what the dashboards show: $panel", async ({ expr }) => {
    const now = expr.replaceAll("$__rate_interval", "1m");
    await expect.poll(() => prometheus.query(now)).toBeGreaterThan(0);
  });

  it("has every series that an alert names", async () => {
    const alerts = await prometheus.alerts();
    expect(alerts.length).toBeGreaterThan(10);
    const names = alerts.flatMap(
      ({ query }) => query.match(/\b(?:enviro|http|gateway)_\w+/g) ?? [],
    );
    // Nothing fails here, so that nothing is logged; the unit tests count it.
    const never = new Set(["enviro_failures_total", "http_route"]);
    for (const name of new Set(names)) {
      if (never.has(name)) continue;
      await expect.poll(() => prometheus.query(name), { message: name }).toBeGreaterThan(0);
    }
  });
});
