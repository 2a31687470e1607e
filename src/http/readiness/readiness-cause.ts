/**
 * What keeps a deployment from doing all its work, by what is to be done about it. `.filling` keeps
 * it from nothing yet, and nothing waits for a replica, the cache or search.
 */
export const readinessCodes = [
  "database.unwell",
  "database.filling",
  "database.replica_unwell",
  "vote_log.unwell",
  "vote_log.ballots_wait",
  "vote_log.shards_cannot_send",
  "vote_log.writer_waits",
  "registry.no_answer",
  "certification.waiting",
  "logins.misconfigured",
  "challenge.misconfigured",
  "cache.unwell",
  "search.unwell",
  "search.behind",
] as const;
export type ReadinessCode = (typeof readinessCodes)[number];

/** A cause, with what was met where that is known: words for operators, which name no voter. */
export type ReadinessCause = { code: ReadinessCode; detail: string | null };
