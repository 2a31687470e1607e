import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { castVotes, withPublicNonces } from "../src/cli/api/cast-batch.ts";
import { closeAndSeal, draftDecision, openDraft } from "../src/cli/api/decisions.ts";
import { alignColumns } from "../src/cli/command-line/align-columns.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import type { Client } from "../src/client/client.ts";
import { projectRoot } from "../scripts/local-platform/project.ts";
import { cpuSecondsOf } from "./hostile/process-cost.ts";
import { startPlatformUnderTest } from "./votes/platform-under-test.ts";

const decisions = 3;
/** As many as members of the United Nations. */
const regions = Array.from({ length: 193 }, (_, index) => `r${index}`);
const requests = 500;

/**
 * `npm run bench:statistics`: what reading statistics takes once they are in an isolate's memory, by
 * the clock and of the runtime's processor time, which other work on the machine does not count in.
 */
await runMain(async () => {
  const localFolder = join(projectRoot, ".local");
  mkdirSync(localFolder, { recursive: true });
  const stateFolder = mkdtempSync(join(localFolder, "bench-statistics-"));
  const platform = await startPlatformUnderTest(stateFolder, (line) => console.error(line));
  try {
    const ids: string[] = [];
    for (let place = 0; place < decisions; place += 1)
      ids.push(await rollCall(platform.client, `roll-call-${place}`));
    for (const id of ids) await untilCounted(platform.client, id);
    const paths = ["/healthz", `/api/v1/decisions/${ids[0]}/stats`, "/api/v1/stats"];
    const rows: string[][] = [];
    for (const path of paths)
      rows.push([path, ...(await measure(`${platform.origin}${path}`, platform.runtimePid))]);
    console.log(alignColumns([["", "p50 ms", "p95 ms", "processor ms"], ...rows]).join("\n"));
    return exitStatus.ok;
  } finally {
    await platform.stop();
    rmSync(stateFolder, { recursive: true, force: true });
  }
});

/** A roll call in which each region has voted once. */
async function rollCall(client: Client, slug: string): Promise<string> {
  const { id } = await draftDecision(client, {
    slug,
    title: slug,
    description: "",
    regions: regions.map((code) => ({ code })),
    disclosure: "roll_call",
    ends_early: "by_organiser",
    shards: 1,
  });
  await openDraft(client, id);
  const votes = regions.map((region, index) => ({
    voter_id: region,
    vote: (["yes", "no", "abstain"] as const)[index % 3] ?? "yes",
    region,
  }));
  await castVotes(client, withPublicNonces({ decisionId: id, votes }));
  await closeAndSeal(client, id);
  return id;
}

async function untilCounted(client: Client, decisionId: string): Promise<void> {
  for (;;) {
    const path = { decisionId };
    const { ballots } = await client.call("GET /api/v1/decisions/{decisionId}/stats", { path });
    const { yes, no, abstain } = ballots?.total ?? { yes: 0, no: 0, abstain: 0 };
    if (yes + no + abstain === regions.length) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

async function measure(url: string, runtimePid: number): Promise<string[]> {
  const ask = async () => (await fetch(url)).arrayBuffer();
  for (let warm = 0; warm < requests / 5; warm += 1) await ask();
  const times: number[] = [];
  const before = cpuSecondsOf(runtimePid);
  for (let request = 0; request < requests; request += 1) {
    const startedAt = performance.now();
    await ask();
    times.push(performance.now() - startedAt);
  }
  const spentMs = (cpuSecondsOf(runtimePid) - before) * 1_000;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
  return [at(0.5), at(0.95), (spentMs / requests).toFixed(2)];
}
