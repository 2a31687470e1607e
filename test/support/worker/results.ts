import { api } from "./api.ts";
import type { RegionBody, TallyBody } from "./record.ts";

export type ResultBody = {
  decision_id: string;
  status: string;
  version: number;
  final: boolean;
  as_of: string;
  age_ms: number;
  total: TallyBody;
  regions: RegionBody[];
};

/** Reads the results of this moment: not those that an isolate's readers share for a second. */
export function readAfresh(decisionId: string) {
  return api<ResultBody>("GET", `/api/v1/decisions/${decisionId}/results`, { afresh: true });
}

/** Reads the results; `seen` is the version that the reader knows, sent as If-None-Match. */
export function readResults(
  decisionId: string,
  seen?: number | string | null,
  key: string | null = null,
) {
  const path = `/api/v1/decisions/${decisionId}/results`;
  const tag = typeof seen === "number" ? `W/"${seen}"` : seen;
  const headers = typeof tag === "string" ? { "if-none-match": tag } : {};
  return api<ResultBody>("GET", path, { key, headers });
}
