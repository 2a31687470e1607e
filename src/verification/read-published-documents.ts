import { DocumentFault, readKeys, readOutcome, type SignedOutcome } from "./documents.ts";
import type { FindingList } from "./finding.ts";
import type { PublicationSource } from "./publication-source.ts";
import type { PublishedKey } from "./signature.ts";

/** Reads the certified outcome; null where it is none, which is a finding. */
export async function readSignedOutcome(
  source: PublicationSource,
  decisionId: string | undefined,
  findings: FindingList,
): Promise<SignedOutcome | null> {
  try {
    const outcome = readOutcome(await source.readDocument("outcome"));
    if (decisionId !== undefined)
      findings.compare("outcome.other_decision", decisionId, outcome.decisionId);
    return outcome;
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    findings.add("outcome.malformed", "a certified outcome", error.message);
    return null;
  }
}

/** Reads the published keys; none where the document is no key set, which is a finding. */
export async function readPublishedKeys(
  source: PublicationSource,
  findings: FindingList,
): Promise<PublishedKey[]> {
  try {
    return readKeys(await source.readDocument("keys"));
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    findings.add("keys.malformed", "a JWK set of Ed25519 keys", error.message);
    return [];
  }
}
