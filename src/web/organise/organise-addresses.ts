/** Where those who run decisions begin. */
export const organiseAddress = "/organise";
/** Where a decision is drafted. */
export const newDecisionAddress = "/organise/new";

/** The pages below a decision, for those who run it; its own shows its terms. */
export const runningPages = ["map", "roll", "ballots", "running", "records", "audit"] as const;
export type RunningPage = (typeof runningPages)[number];

/** A decision, for those who run it. */
export function organisedDecisionAddress(id: string, page?: RunningPage): string {
  const address = `${organiseAddress}/decisions/${encodeURIComponent(id)}`;
  return page === undefined ? address : `${address}/${page}`;
}

/** The pages about the whole deployment. */
export const adminPages = ["keys", "audit-log", "dead-letters", "service"] as const;
export type AdminPage = (typeof adminPages)[number];

/** A page about the whole deployment. */
export function adminAddress(page: AdminPage): string {
  return `${organiseAddress}/admin/${page}`;
}
