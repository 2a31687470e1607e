import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { findFreePort } from "../../../scripts/local-platform/find-free-port.ts";
import { findProgram } from "../../../scripts/services/find-program.ts";
import { eventually } from "../worker/eventually.ts";

const debianPackage = "prometheus";

/** Asks promtool of Debian's package, and throws what it finds wrong. */
export function promtool(args: string[], input = ""): void {
  execFileSync(findProgram("promtool", debianPackage), args, { input, stdio: "pipe" });
}

const resultSchema = z.object({
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()) })) }),
});
const rulesSchema = z.object({
  data: z.object({
    groups: z.array(
      z.object({ rules: z.array(z.object({ name: z.string(), query: z.string() })) }),
    ),
  }),
});

export type RunningPrometheus = {
  /** How many series an expression gives now. */
  query(expression: string): Promise<number>;
  /** The alerts that it has read, each with its expression. */
  alerts(): Promise<{ name: string; query: string }[]>;
  stop(): Promise<void>;
};

/** A real Prometheus on deploy/prometheus.yml, but for whom it asks: these origins, each second. */
export async function startPrometheus(targets: {
  worker: string;
  key: string;
  gateway: string;
}): Promise<RunningPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), "enviro-prometheus-"));
  mkdirSync(join(folder, "data"));
  const keyFile = join(folder, "key");
  writeFileSync(keyFile, targets.key);
  copyFileSync("deploy/alerts.yml", join(folder, "alerts.yml"));
  const configFile = join(folder, "prometheus.yml");
  writeFileSync(configFile, configFor(targets, keyFile));
  const port = await findFreePort(19_090);
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(
    findProgram("prometheus", debianPackage),
    [
      `--config.file=${configFile}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=error",
    ],
    { stdio: "ignore" },
  );
  const ended = once(child, "exit");
  await eventually("a Prometheus that is ready", async () => {
    const answer = await fetch(`${origin}/-/ready`).catch(() => null);
    return answer?.ok === true ? true : null;
  });
  return {
    async query(expression) {
      const query = new URLSearchParams({ query: expression });
      const answer = await fetch(`${origin}/api/v1/query?${query.toString()}`);
      return resultSchema.parse(await answer.json()).data.result.length;
    },
    async alerts() {
      const answer = await fetch(`${origin}/api/v1/rules?type=alert`);
      const { groups } = rulesSchema.parse(await answer.json()).data;
      return groups.flatMap(({ rules }) => rules);
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function configFor(
  { worker, gateway }: { worker: string; gateway: string },
  keyFile: string,
): string {
  const host = (origin: string) => new URL(origin).host;
  return replaceAll(readFileSync("deploy/prometheus.yml", "utf8"), [
    ["scrape_interval: 15s", "scrape_interval: 1s"],
    ["evaluation_interval: 15s", "evaluation_interval: 1s"],
    ["scheme: https", "scheme: http"],
    ["/etc/prometheus/enviro-governance-key", keyFile],
    ["enviro-governance.example.workers.dev", host(worker)],
    ["gateway.internal:8080", host(gateway)],
  ]);
}

/** Each must be there: a config that has changed is not taken for the one that is tried. */
function replaceAll(text: string, pairs: readonly [string, string][]): string {
  return pairs.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`deploy/prometheus.yml has no ${from}`);
    return changed.replace(from, to);
  }, text);
}
