import type { DeploymentPlan } from "../../planner/plan.ts";
import type { PlanInput } from "../../planner/plan-input.ts";
import { priceList } from "../../planner/price-list.ts";
import { alignColumns } from "../command-line/align-columns.ts";
import { billWords, latencyWords, remedyTexts, stageTexts } from "./plan-words.ts";

/** A plan as lines for people. */
export function planLines(input: PlanInput, plan: DeploymentPlan): string[] {
  return [
    `${input.votesPerSecond.toLocaleString("en-GB")} votes a second, ${input.sessionsAMonth} × ${input.hours} hours a month: ${figure(plan.votes.aMonth)} votes`,
    "",
    ...alignColumns(sizeRows(input, plan)),
    "",
    ...latencyLines(plan),
    "",
    ...billLines(plan),
    "",
    ...stageLines(plan),
  ];
}

function sizeRows(input: PlanInput, plan: DeploymentPlan): string[][] {
  const { shards, groupCommit, kafka, postgres, d1 } = plan;
  const inRoom = shards.isInRoom ? ", in the object of its room" : "";
  const rows = [
    [
      "shards of each decision",
      `${shards.count} of ${figure(shards.votesPerSecondEach)} votes a second${inRoom}`,
    ],
    [
      "places of shards",
      plan.places === 1 ? "one, near the voters" : `${plan.places}, as location_hints in turn`,
    ],
    [
      "group commit",
      groupCommit.windowMs === 0
        ? "none is waited for"
        : `${figure(groupCommit.windowMs)} ms, ${figure(groupCommit.votesACommit)} votes a commit`,
    ],
    ["vote log", `${plan.log}${chosen(input.log)}`],
    ["database", `${plan.database}${chosen(input.database)}`],
    ["writers", String(plan.writers)],
  ];
  if (kafka !== null)
    rows.push([
      "Kafka",
      `${kafka.partitions} partitions, ${kafka.brokers} brokers of ${server(kafka.server)}, ${figure(kafka.gigabytesAWeek)} GB a week`,
    ]);
  if (postgres !== null)
    rows.push([
      "Postgres",
      `${server(postgres.server)}, ${postgres.connections} connections, ${figure(postgres.gigabytesAMonth)} GB a month`,
    ]);
  if (d1 !== null)
    rows.push([
      "D1",
      `${figure(d1.gigabytesAMonth)} GB a month, full after ${figure(d1.monthsUntilFull)} months`,
    ]);
  return rows;
}

function chosen(asked: string | null): string {
  return asked === null ? ", recommended" : "";
}

function server({ processors, memoryGigabytes }: { processors: number; memoryGigabytes: number }) {
  return `${processors} processors and ${memoryGigabytes} GB`;
}

function latencyLines({ latency }: DeploymentPlan): string[] {
  if (latency === null) return ["Its shards can't keep up: no time is expected."];
  const rows = latency.parts.map(({ name, p50Ms, p99Ms, basis }) => [
    latencyWords[name],
    figure(p50Ms),
    figure(p99Ms),
    basis,
  ]);
  return alignColumns([
    ["time of a vote, from the platform's edge", "p50 ms", "p99 ms", ""],
    ...rows,
    ["together", figure(latency.p50Ms), figure(latency.p99Ms), ""],
  ]);
}

function billLines({ bill, votes }: DeploymentPlan): string[] {
  const rows = bill.lines.map(({ item, quantity, included, usd }) => [
    billWords[item],
    figure(quantity),
    included === 0 ? "" : figure(included),
    dollars(usd),
    "",
  ]);
  const each = dollars(bill.usdAMillionVotes ?? 0);
  return [
    ...alignColumns([
      ["bill of a month", "quantity", "included", "USD", ""],
      ...rows,
      ["together", "", "", dollars(bill.usdAMonth), ""],
    ]),
    `USD ${each} a million of ${figure(votes.aMonth)} votes, by list prices of ${priceList.readOn}`,
    "not in it: taxes; pages, logins, search, closing and publishing; storage of the months before; standbys and backups of servers",
  ];
}

function stageLines({ stages, bottleneck }: DeploymentPlan): string[] {
  const rows = stages.map(({ name, asked, most, share }) => [
    stageTexts[name],
    figure(asked),
    figure(most),
    `${figure(share * 100)} %`,
    "",
  ]);
  const times =
    bottleneck.share > 1 ? "does not hold" : `holds ${figure(1 / bottleneck.share)} times as much`;
  return [
    ...alignColumns([["what is asked of each part", "asked", "most", "share", ""], ...rows]),
    `first bottleneck: ${stageTexts[bottleneck.name]}, which ${times}; what to change: ${remedyTexts[bottleneck.remedy]}`,
  ];
}

function dollars(usd: number): string {
  const cents = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return usd.toLocaleString("en-GB", cents);
}

/** Three digits, or all of a whole number's. */
function figure(value: number): string {
  const digits = value >= 1_000 ? 0 : undefined;
  return new Intl.NumberFormat("en-GB", {
    maximumSignificantDigits: digits === 0 ? 21 : 3,
    maximumFractionDigits: digits,
  }).format(digits === 0 ? Math.round(value) : value);
}
