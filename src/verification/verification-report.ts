import type { Disclosure } from "../decision/decision.ts";
import type { Consensus } from "./calculate-consensus.ts";
import type { Check, DisputeBasis } from "./check.ts";
import type { SignedOutcome } from "./documents.ts";
import type { FindingCode, ListName, VerificationFinding } from "./finding.ts";
import type { PublicationIndex } from "./publication-index.ts";
import type { PublishedKey } from "./signature.ts";

/** `unverified`: nothing was found wrong, and the signature could not be checked here. */
export type PublicVerdict = "verified" | "tampered" | "unverified";

/** What a verification came to; all of it can be sent between threads. */
export interface VerificationReport {
  decisionId: string;
  disclosure: Disclosure | null;
  /** Whether outcome or manifest say that it is a rehearsal: its results never count. */
  isRehearsal: boolean;
  verdict: PublicVerdict;
  /** Id and public key of what signed the outcome; null where no published key has. */
  signedBy: PublishedKey | null;
  /** Whether what signed it is a key that the reader brought, not only one that is published. */
  isKeyTrusted: boolean;
  checks: Check[];
  /** The first of each code. */
  findings: VerificationFinding[];
  findingCounts: Partial<Record<FindingCode, number>>;
  rows: Record<ListName, number>;
  bytes: number;
  /** Null where the rows have hashes alone. */
  consensus: Consensus | null;
  disputes: DisputeBasis[];
}

/** A publication that was verified, and all of it that its readers look up. */
export interface VerifiedPublication {
  report: VerificationReport;
  index: PublicationIndex;
  /** Null where it could not be read: nothing else can be held against it then. */
  outcome: SignedOutcome | null;
  keys: PublishedKey[];
  /** Whether both lists are those of the outcome, in order: what isn't found in them isn't there. */
  isListed: boolean;
}
