import { queryOptions } from "@tanstack/react-query";
import type { Answer } from "../../../client/routes.ts";
import { readResource } from "../../api/read-api.ts";
import type { ApiDecisionStatus, ApiListedDecision } from "../../contract.ts";
import { readAsSignedIn } from "../api/read-as-signed-in.ts";
import type { Session } from "../session/session-query.ts";

/** A decision of whoever is signed in; only lists of one's own say whose it is. */
export type ManagedDecision = ApiListedDecision & { owner?: string | null };
export type ManagedPage = { items: ManagedDecision[]; next: string | null };

/** Decisions of each status are read by themselves: an old draft must not hide behind new ones. */
export const managedStatuses = [
  "draft",
  "scheduled",
  "open",
  "closing",
  "closed",
  "certified",
  "cancelled",
] as const satisfies readonly ApiDecisionStatus[];

const refreshMs = 20_000;
const pageSize = 50;

/** A page of decisions of a status, newest first. Auditors have the list that everybody has. */
export function managedDecisionsQuery(
  { role }: Session,
  { status, after = null }: { status: ApiDecisionStatus; after?: string | null },
) {
  const list = role === "auditor" ? "/api/v1/decisions" : "/api/v1/own-decisions";
  return queryOptions({
    queryKey: ["managed-decisions", role, status, after],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ status, per_page: String(pageSize) });
      if (after !== null) query.set("after", after);
      return readResource<ManagedPage>(readAsSignedIn, `${list}?${query}`, signal);
    },
    refetchInterval: refreshMs,
  });
}

/** The one decision that a session is good for. */
export function scopedDecisionQuery(id: string) {
  return queryOptions({
    queryKey: ["managed-decision", id],
    queryFn: ({ signal }) =>
      readResource<Answer<"GET /api/v1/decisions/{decisionId}">>(
        readAsSignedIn,
        `/api/v1/decisions/${encodeURIComponent(id)}`,
        signal,
      ),
    refetchInterval: refreshMs,
  });
}
