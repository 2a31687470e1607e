import type { ApiDecisionStatus } from "../contract.ts";

/** The list, of all decisions or of one status; where `after` is given, from behind that cursor. */
export function listAddress({
  status = null,
  after = null,
}: {
  status?: ApiDecisionStatus | null;
  after?: string | null;
} = {}): string {
  const query = new URLSearchParams();
  if (status !== null) query.set("status", status);
  if (after !== null) query.set("after", after);
  return query.size === 0 ? "/" : `/?${query}`;
}

/** A decision, or one of the pages below it. */
export function decisionAddress(
  id: string,
  page?: "ballot" | "votes" | "display" | "certificate" | "statistics",
): string {
  const address = `/decisions/${encodeURIComponent(id)}`;
  return page === undefined ? address : `${address}/${page}`;
}

/** Where a decision and its receipts are checked. */
export function verifyAddress(id: string | null = null): string {
  return id === null ? "/verify" : `/verify?${new URLSearchParams({ decision: id })}`;
}

/** Counts of all decisions. */
export const statisticsAddress = "/statistics";

/** What a load would take and cost. */
export const planAddress = "/plan";

/** Whether the counts agree at every step. */
export const statusAddress = "/status";

/** The page about the API. */
export const apiDocsAddress = "/docs/api";
