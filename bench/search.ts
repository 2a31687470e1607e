import { parseArgs } from "node:util";
import { alignColumns } from "../src/cli/command-line/align-columns.ts";
import { exitStatus, runMain, UsageError } from "../src/cli/command-line/usage-error.ts";
import type { DecisionQuery, SearchIndex } from "../src/search/search.ts";
import { openD1Index, openPostgresIndex } from "./search/open-index.ts";
import { SampleDecisions } from "./search/sample-decisions.ts";

const log = (line: string): void => console.error(line);
const openers = { d1: openD1Index, postgres: openPostgresIndex };
const atOnce = 500;
const pagesAtOnce = 50;
const rounds = 100;
/** As many roll calls as the United Nations' General Assembly has held; 140 ballots each. */
const rollCalls = 6_203;
const aimMs = 100;

/**
 * `npm run bench:search [-- --database postgres --decisions <n>]`: the embedded index with so many
 * decisions and 868,420 ballots, and how long it takes to answer.
 */
await runMain(async () => {
  const { values } = parseArgs({
    options: {
      database: { type: "string", default: "d1" },
      decisions: { type: "string", default: "100000" },
    },
  });
  const [, open] = Object.entries(openers).find(([name]) => name === values.database) ?? [];
  if (open === undefined) throw new UsageError("--database takes d1 or postgres");
  const decisions = Number(values.decisions);
  const opened = await open(log);
  try {
    const samples = new SampleDecisions(7);
    const rows = [
      await fill(opened.index, samples, decisions),
      ...(await askAll(opened.index, samples)),
      await askStatistics(opened.index),
    ];
    console.log(alignColumns([["", "p50 ms", "p95 ms", "found"], ...rows]).join("\n"));
    return exitStatus.ok;
  } finally {
    await opened.close();
  }
});

async function fill(index: SearchIndex, samples: SampleDecisions, decisions: number) {
  const startedAt = performance.now();
  for (let from = 0; from < decisions; from += atOnce)
    await index.indexDecisions(
      Array.from({ length: atOnce }, (_, place) => samples.document(from + place)),
    );
  const seconds = (performance.now() - startedAt) / 1_000;
  log(`${decisions} decisions in ${seconds.toFixed(0)} s`);
  for (let from = 0; from < rollCalls; from += pagesAtOnce) {
    const length = Math.min(pagesAtOnce, rollCalls - from);
    await index.indexBallots(Array.from({ length }, (_, place) => samples.page(from + place)));
  }
  log(`${rollCalls} pages in ${((performance.now() - startedAt) / 1_000 - seconds).toFixed(0)} s`);
  return [`indexed, decisions a second`, (decisions / seconds).toFixed(0), "", String(decisions)];
}

type Asked = Pick<DecisionQuery, "words"> & Partial<DecisionQuery>;

async function askAll(index: SearchIndex, samples: SampleDecisions): Promise<string[][]> {
  const wrong = (word: string) => `${word.slice(0, 3)}x${word.slice(4)}`;
  const kinds: [name: string, ask: () => Asked][] = [
    ["one word", () => ({ words: samples.word() })],
    ["two words", () => ({ words: samples.words(2) })],
    ["three words", () => ({ words: samples.words(3) })],
    [
      "two words, one with a wrong letter",
      () => ({ words: `${wrong(samples.word())} ${samples.word()}` }),
    ],
    ["the first three letters", () => ({ words: samples.word().slice(0, 3), withFacets: false })],
    [
      "two words in a region, certified",
      () => ({ words: samples.words(2), filters: { region: "r50", statuses: ["certified"] } }),
    ],
    ["no words, open", () => ({ words: null, filters: { statuses: ["open"] } })],
    ["no words", () => ({ words: null })],
  ];
  const rows: string[][] = [];
  const all: number[] = [];
  for (const [name, ask] of kinds) {
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < rounds; round += 1) {
      const query = { filters: {}, after: null, perPage: 20, withFacets: true, ...ask() };
      const startedAt = performance.now();
      const { total } = await index.searchDecisions(query);
      times.push(performance.now() - startedAt);
      found += total;
    }
    all.push(...times);
    rows.push([name, ms(times, 0.5), ms(times, 0.95), (found / rounds).toFixed(0)]);
  }
  const aim = Number(ms(all, 0.95)) < aimMs ? "met" : "missed";
  return [...rows, [`all of these; p95 ${aimMs}: ${aim}`, ms(all, 0.5), ms(all, 0.95), ""]];
}

async function askStatistics(index: SearchIndex): Promise<string[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds / 10; round += 1) {
    const startedAt = performance.now();
    await index.statistics(null);
    times.push(performance.now() - startedAt);
  }
  return ["statistics of all", ms(times, 0.5), ms(times, 0.95), ""];
}

function ms(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
}
