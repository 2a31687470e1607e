import { env } from "cloudflare:workers";
import { checkRecords } from "../../../src/platform/check-records.ts";
import { api } from "./api.ts";
import { eventually } from "./eventually.ts";
import { runRoomAlarm } from "./objects.ts";

export type StageBody = {
  stage: "tallied" | "stored" | "published";
  state: string;
  cause: string | null;
  since: string | null;
};

export type CheckedBody = {
  decision_id: string;
  title: string;
  rehearsal: boolean;
  status: string;
  shows: string;
  state: string;
  checked_at: string;
  accepted: number | null;
  stages: StageBody[];
  checks_a_round: number | null;
  certified_at: string | null;
};

export type StatusBody = {
  state: string;
  looked_at: string;
  release: string;
  api_version: string;
  ready: boolean;
  causes: string[];
  oldest_check_at: string | null;
  decisions_checked: number | null;
  decisions: CheckedBody[];
};

/** The status as an isolate reads it that has just begun. */
export async function readStatus(): Promise<StatusBody> {
  const answer = await api<StatusBody>("GET", "/api/v1/status", { afresh: true });
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** Does what the cron does each minute, and gives what it found of a decision; null for nothing. */
export async function checkNow(id: string): Promise<CheckedBody | null> {
  await checkRecords(env);
  const { decisions } = await readStatus();
  return decisions.find(({ decision_id }) => decision_id === id) ?? null;
}

/** Has a decision's record checked, as the cron does once its room has told the registry of it. */
export async function recordChecked(id: string): Promise<void> {
  await env.REGISTRY.getByName("registry").beginChecks(id);
  await checkRecords(env);
}

/** The same once its room has told the registry of it. */
export async function firstCheck(id: string): Promise<CheckedBody> {
  await runRoomAlarm(id);
  return eventually("a check", () => checkNow(id));
}

/** What a check says of each stage. */
export function statesOf({ stages }: CheckedBody): Record<string, string> {
  return Object.fromEntries(stages.map(({ stage, state }) => [stage, state]));
}
