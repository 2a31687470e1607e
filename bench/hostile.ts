import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decodeJwt } from "jose";
import { bootPlatform, type LocalPlatform } from "../scripts/local-platform/boot.ts";
import { connectClient } from "../src/cli/api/connect.ts";
import { closeAndSeal, draftDecision, fetchDecision } from "../src/cli/api/decisions.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import type { Client } from "../src/client/client.ts";
import { startAttack, type AttackReport } from "./hostile/attack.ts";
import { castHonestVotes, type HonestReport } from "./hostile/honest-votes.ts";
import { residentBytesOf, watchMemory } from "./hostile/process-cost.ts";
import { watchHeap, type HeapWatch } from "./hostile/watch-heap.ts";
import { freePort } from "./hostile/free-port.ts";
import { measureRefused } from "./hostile/refused-cost.ts";
import { endScripts, startScript, toArguments } from "./kill-test/child.ts";

const folder = ".local/hostile";
const log = (line: string): void => console.log(line);

const attackers = {
  socketsOfOneAddress: 1_500,
  slowReaders: 200,
  inventors: 200,
  evaluators: 100,
};
/** Of 16 voters with a pause of 80 ms between two votes: some 5 to 20 s. */
const votes = 600;
const votesBefore = 300;
const voters = 16;
/**
 * Of the whole process, which grew by 311 to 402 MB on 29 November 2026: here the Worker, the limiter and
 * 2,000 connections are in it, too. What an object may hold for watchers is 50 MB.
 */
const memoryGrowthBytesMax = 450_000_000;
/** What an object may have on the platform is 128 MB; here all objects and requests share it. */
const heapBytesMax = 100_000_000;
const refusedMicrosecondsMax = 1_000;
const certifiedMsMax = 120_000;

/**
 * `npm run test:hostile`: the built platform with its rates limited, while 2,000 hostile clients
 * push: honest votes are all taken and none is lost, memory stays bounded, a refusal is cheap.
 */
await runMain(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const vars = { RATE_LIMITS: "on" };
  const inspectorPort = await freePort();
  const platform = await bootPlatform({
    stateFolder: join(folder, "state"),
    port: 0,
    log,
    vars,
    inspectorPort,
  });
  const heap = await watchHeap(inspectorPort, "enviro-governance");
  const key = platform.adminKey;
  const client = connectClient({ origin: platform.origin, key, connections: 2 });
  try {
    return await runAttack(platform, client, heap);
  } finally {
    heap.stop();
    endScripts();
    await client.close();
    await platform.stop();
  }
});

async function runAttack(
  platform: LocalPlatform,
  client: Client,
  heap: HeapWatch,
): Promise<number> {
  const { origin } = platform;
  const { pid } = platform.process;
  const { id: decisionId } = await draftDecision(client, {
    slug: "hostile-run",
    title: "Who asks too much",
    ends_early: "by_organiser",
    open: true,
  });
  const plan = await honestPlan(platform, client, decisionId);
  const before = await castHonestVotes({ ...plan, count: votesBefore });
  const bytesBefore = residentBytesOf(pid);

  const attack = startAttack({ origin, decisionId, ...attackers });
  const memory = watchMemory(pid);
  const during = await castHonestVotes({ ...plan, count: votes });
  const report = await attack.stop();
  const grown = memory.stop() - bytesBefore;

  const refusedMicroseconds = await measureRefused(origin, { decisionId, pid });
  await closeAndSeal(client, decisionId);
  await untilCertified(client, decisionId);
  const isWhole = await areAllRecorded(platform, decisionId, [before, during]);
  printReport(report, { before, during });
  return conclude([
    [`${votes} votes acknowledged`, during.receipts.length === votes],
    ["every acknowledged vote is in the record, and counted once", isWhole],
    [
      `the Worker and all its objects held at most ${megabytes(heap.mostBytes())} MB`,
      heap.mostBytes() > 0 && heap.mostBytes() <= heapBytesMax,
    ],
    [`the process grew by ${megabytes(grown)} MB`, grown <= memoryGrowthBytesMax],
    [`the process is the one that began, ${pid}`, platform.process.pid === pid],
    [
      `a refusal took ${Math.round(refusedMicroseconds)} µs of processor time`,
      refusedMicroseconds <= refusedMicrosecondsMax,
    ],
    ["no 5xx and no broken connection", faultsOf(report) === 0],
    [`one address held ${report.held.sockets} sockets`, report.held.sockets <= 500],
  ]);
}

/** Votes with tokens of the generation that one of the platform's own names. */
async function honestPlan(
  { origin, tokenKeys }: LocalPlatform,
  client: Client,
  decisionId: string,
) {
  const answer = await client.call("POST /api/v1/decisions/{decisionId}/tokens", {
    path: { decisionId },
    body: { voters: [{ voter_id: "the first" }] },
  });
  const { gen, iss = "" } = decodeJwt(answer.tokens[0]?.token ?? "");
  return { origin, tokenKeys, tokenIssuer: iss, decisionId, generation: Number(gen), voters };
}

/** Then its ballots are published, and `enviro verify` looks the receipts up among them. */
async function untilCertified(client: Client, decisionId: string): Promise<void> {
  const giveUpAt = Date.now() + certifiedMsMax;
  while ((await fetchDecision(client, decisionId)).status !== "certified") {
    if (Date.now() > giveUpAt) throw new Error(`${decisionId} is not certified`);
    await sleep(250);
  }
}

/** Whether `enviro verify` finds every receipt, and no difference between what holds the ballots. */
async function areAllRecorded(
  { origin, adminKey }: LocalPlatform,
  decision: string,
  reports: readonly HonestReport[],
): Promise<boolean> {
  const receipts = join(folder, "receipts.ndjson");
  const lines = reports.flatMap((report) => report.receipts);
  writeFileSync(receipts, lines.map((line) => `${line}\n`).join(""));
  const verify = startScript("src/cli/enviro.ts", [
    "verify",
    ...toArguments({ on: origin, key: adminKey, decision, receipts }),
  ]);
  const isWhole = (await verify.exited) === exitStatus.ok;
  log(verify.lastLines());
  return isWhole;
}

function faultsOf({ answers }: AttackReport): number {
  let faults = 0;
  for (const counts of Object.values(answers)) {
    for (const [status, count] of Object.entries(counts)) {
      if (status === "error" || status.startsWith("5")) faults += count;
    }
  }
  return faults;
}

function printReport(
  { answers, held }: AttackReport,
  { before, during }: { before: HonestReport; during: HonestReport },
): void {
  for (const [what, counts] of Object.entries(answers)) log(`${what.padEnd(10)}${format(counts)}`);
  log(`held      ${held.sockets} sockets, ${held.streams} streams`);
  for (const [when, report] of [
    ["before", before],
    ["during", during],
  ] as const) {
    const sorted = report.latencies.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    const failed = format(report.failures) || "none";
    log(`${when}    p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, not taken at once: ${failed}`);
  }
}

function format(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([status, count]) => `${status}: ${count}`)
    .join(", ");
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1_000_000);
}

function conclude(checks: [what: string, holds: boolean][]): number {
  for (const [what, holds] of checks) log(`${holds ? "ok     " : "FAILED "} ${what}`);
  return checks.every(([, holds]) => holds) ? exitStatus.ok : exitStatus.differences;
}
