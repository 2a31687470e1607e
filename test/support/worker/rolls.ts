import { expect } from "vitest";
import { adminKey, api, send } from "./api.ts";
import { draftDecision } from "./decisions.ts";

export type RollBody = {
  import: number;
  hash: string;
  voters: number;
  weight: string;
  regions: { region: string; voters: number; weight: string }[];
  refused: {
    rows: number;
    reasons: { code: string; rows: number }[];
    problems: { line: number; code: string }[];
  };
};
export type ImportBody = {
  rows: number;
  loaded: number;
  refused: number;
  reasons: { code: string; rows: number; detail: string }[];
  problems: { line: number; code: string }[];
  twins: { line: number; first_line: number }[];
  roll: RollBody;
};
export type StandingBody = {
  eligible: boolean;
  region: string | null;
  weight: number | null;
};

const types = { csv: "text/csv", ndjson: "application/x-ndjson" };

export function rollPath(decisionId: string): string {
  return `/api/v1/decisions/${decisionId}/roll`;
}

/** Uploads a roll as an organiser does, whole. */
export function putRoll<Body = ImportBody>(
  decisionId: string,
  text: string | Uint8Array<ArrayBuffer>,
  more: { format?: keyof typeof types; twins?: "refuse" | "first"; ignore?: string } = {},
) {
  const { format = "csv", ...asked } = more;
  const headers = { "content-type": types[format] };
  const query = new URLSearchParams(asked).toString();
  return api<Body>("PUT", `${rollPath(decisionId)}?${query}`, { key: adminKey, text, headers });
}

/** The same, with the answer as it came: for uploads that are refused. */
export function sendRoll(
  decisionId: string,
  text: string | Uint8Array<ArrayBuffer>,
  contentType = types.csv,
) {
  const headers = { "content-type": contentType };
  return send("PUT", rollPath(decisionId), { key: adminKey, text, headers });
}

export function readRoll(decisionId: string) {
  return api<{ roll: RollBody | null; upload: { rows: number } | null }>(
    "GET",
    rollPath(decisionId),
    { key: adminKey },
  );
}

/** A draft whose electorate is this roll. */
export async function draftWithRoll(csv: string, given: Record<string, unknown> = {}) {
  const id = await draftDecision({ electorate: "roll", ...given });
  const answer = await putRoll(id, csv);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return id;
}

export async function openedWithRoll(csv: string, given: Record<string, unknown> = {}) {
  const id = await draftWithRoll(csv, given);
  const answer = await api("POST", `/api/v1/decisions/${id}/open`, { key: adminKey });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return id;
}
