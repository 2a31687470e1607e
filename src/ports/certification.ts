/**
 * What keeps a decision that is over from being certified. `extension`: a shard has not said yet
 * whether voting goes on. `seals`: shards that have not given their last word. `publication`: its
 * ballots are being published. `row_check`: its rows are being compared with the record.
 * `database_unavailable`: the database can't be asked. `ballots`: shards whose ballots are not all in the
 * database. `dead_letters`: the database refused ballots. `results`: regional results are not in the
 * database. `next_check`: nothing is missing, and the next check certifies it.
 */
export const certificationCauses = [
  "extension",
  "seals",
  "publication",
  "row_check",
  "database_unavailable",
  "ballots",
  "dead_letters",
  "results",
  "next_check",
] as const;
export type CertificationCause = (typeof certificationCauses)[number];

/** A cause with the shards that it is in; none where it is in no single shard. */
export type CertificationWait = { cause: CertificationCause; shards: readonly number[] };

/** Why a decision is not certified yet; nothing where it is, or where it is not over. */
export type CertificationState = {
  /** Since when the decision is over, in ms; null where that is not known yet. */
  since: number | null;
  waits: readonly CertificationWait[];
  /** What the comparison of its rows with the record was asked for by; null where none runs. */
  rowCheck: "rebuild" | "certification" | null;
};

/** A decision that the registry was told to wait to be certified, and since when (ms). */
export type UncertifiedDecision = { decisionId: string; since: number };
