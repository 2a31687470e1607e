import type { ApiDecisionStatus } from "../contract.ts";

/** Statuses that the list can be narrowed to, in the order of a decision's life. */
export const listedStatuses: readonly ApiDecisionStatus[] = [
  "open",
  "scheduled",
  "closed",
  "certified",
  "cancelled",
];

/** Which decisions to list: of one status or all, from the newest on or from behind a cursor. */
export type WantedList = { status: ApiDecisionStatus | null; after: string | null };

/** What the address of a list asks for; a status that is none shows the whole list. */
export function readWantedList(search: URLSearchParams): WantedList {
  const status = listedStatuses.find((listed) => listed === search.get("status")) ?? null;
  return { status, after: search.get("after") };
}
