import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { alignColumns } from "../src/cli/command-line/align-columns.ts";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import { openSearch } from "../src/search/opensearch/opensearch.ts";
import type { DecisionQuery, SearchIndex } from "../src/search/search.ts";
import { catalogue } from "../scripts/services/catalogue.ts";
import { isServiceRunning, startService, stopService } from "../scripts/services/control.ts";
import { dropSearchIndexes } from "../scripts/services/search-indexes.ts";
import { serviceLocation } from "../scripts/services/service-location.ts";
import { readRecordDocuments, type RecordDocuments } from "./search-engine/record-documents.ts";

const log = (line: string): void => console.error(line);
const engines = ["opensearch", "elasticsearch"] as const;
/** What a consumer of the feed gets at once, and how many run beside each other. */
const pagesAtOnce = 10;
const consumers = 2;
const decisionsAtOnce = 100;
const rounds = 200;
const data = "../shared/data/un-general-assembly";

/**
 * `npm run bench:search-engine [-- --engine elasticsearch --votes <csv> --roll-calls <csv>]`: a record
 * of roll calls into a search engine, and what is asked of it then.
 */
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      engine: { type: "string", default: engines[0] },
      votes: { type: "string", default: `${data}/votes.csv.gz` },
      "roll-calls": { type: "string", default: `${data}/roll_calls.csv.gz` },
    },
  });
  const name = engines.find((known) => known === values.engine);
  if (name === undefined) throw new UsageError(`--engine takes ${engines.join(", ")}`);
  const record = await readRecordDocuments({
    votes: values.votes,
    rollCalls: values["roll-calls"],
  });
  const wasRunning = isServiceRunning(name);
  await startService(name, log);
  const { url } = catalogue[name].address(await serviceLocation(name));
  const prefix = `bench-${randomBytes(4).toString("hex")}`;
  const sizes = { ballotShards: 5, replicas: 0 };
  const index = openSearch({ url, username: "", password: "", prefix, ...sizes });
  try {
    const rows = [...(await indexAll(index, record)), ...(await askAll(index, record))];
    console.log(alignColumns([["", name], ...rows]).join("\n"));
    return exitStatus.ok;
  } finally {
    await dropSearchIndexes(url, prefix);
    if (!wasRunning) await stopService(name, log);
  }
});

async function indexAll(index: SearchIndex, { decisions, pages }: RecordDocuments) {
  const ballots = pages.reduce((sum, page) => sum + page.ballots.length, 0);
  const decisionsMs = await inPortions(decisions, decisionsAtOnce, async (portion) => {
    await index.indexDecisions(portion);
    await index.noteIndexedTo(Date.now());
  });
  const ballotsMs = await inPortions(pages, pagesAtOnce, async (portion) => {
    await index.indexBallots(portion);
    await index.noteIndexedTo(Date.now());
  });
  return [
    [`${decisions.length} decisions`, `${rate(decisions.length, decisionsMs)}/s`],
    [`${ballots} ballots`, `${rate(ballots, ballotsMs)}/s`],
  ];
}

async function askAll(index: SearchIndex, { decisions, pages }: RecordDocuments) {
  const asking: DecisionQuery = {
    words: null,
    filters: {},
    after: null,
    perPage: 20,
    withFacets: true,
  };
  const words = decisions.map(({ texts: [{ title }] }) => title.split(/\s+/).slice(0, 2).join(" "));
  const wordsOf = (round: number) => words[(round * 31) % words.length] ?? "";
  const idOf = (round: number) => pages[(round * 31) % pages.length]?.decisionId ?? "";
  return [
    ["facets of all", await latencies(() => index.searchDecisions(asking))],
    [
      "words and facets",
      await latencies((round) => index.searchDecisions({ ...asking, words: wordsOf(round) })),
    ],
    ["statistics of one", await latencies((round) => index.statistics(idOf(round)))],
    ["statistics of all", await latencies(() => index.statistics(null))],
  ];
}

/** How long all take in ms, some consumers beside each other. */
async function inPortions<Item>(
  items: readonly Item[],
  size: number,
  work: (portion: readonly Item[]) => Promise<void>,
): Promise<number> {
  const startedAt = performance.now();
  let next = 0;
  const consume = async (): Promise<void> => {
    while (next < items.length) {
      const portion = items.slice(next, next + size);
      next += size;
      await work(portion);
    }
  };
  await Promise.all(Array.from({ length: consumers }, consume));
  return performance.now() - startedAt;
}

/** After a tenth of them, which warm it up. */
async function latencies(work: (round: number) => Promise<unknown>): Promise<string> {
  const took: number[] = [];
  for (let round = 0; round < rounds * 1.1; round += 1) {
    const startedAt = performance.now();
    await work(round);
    if (round >= rounds * 0.1) took.push(performance.now() - startedAt);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

function rate(count: number, ms: number): string {
  return String(Math.round((count * 1_000) / ms));
}
