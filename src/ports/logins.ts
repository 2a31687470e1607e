/** A name that stands for one value for good: the first that is kept under it. */
export interface LoginBinding {
  name: string;
  value: string;
}

/** A login elsewhere that is being exchanged, as a shard keeps it. */
export interface LoginUse {
  bindings: readonly LoginBinding[];
  /** The digest of the login, and until when nobody can exchange it any more, in ms; null for none. */
  once: { digest: string; until: number } | null;
}

/** `used`: it was exchanged before. `bound`: a name of it stands for another value. */
export type LoginUseReply = "kept" | "used" | "bound";

/** Who has logged in: pseudonyms of one decision, and what of the login makes it one. */
export interface VoterLogin {
  pid: string;
  /** The issuer's subject where the voter_id is another claim; null where it is the subject. */
  subject: string | null;
  digest: string;
  /** In ms. */
  usableUntil: number;
}
