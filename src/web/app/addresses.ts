import type { ApiDecisionStatus } from "../contract.ts";

/** The list, of all decisions or of one status. */
export function listAddress(status: ApiDecisionStatus | null = null): string {
  return status === null ? "/" : `/?${new URLSearchParams({ status })}`;
}

/** A decision, or one of the pages below it. */
export function decisionAddress(
  id: string,
  page?: "ballot" | "votes" | "display" | "certificate",
): string {
  const address = `/decisions/${encodeURIComponent(id)}`;
  return page === undefined ? address : `${address}/${page}`;
}

/** Where a decision and its receipts are checked. */
export function verifyAddress(id: string | null = null): string {
  return id === null ? "/verify" : `/verify?${new URLSearchParams({ decision: id })}`;
}
