import { SHA256 } from "@stablelib/sha256";
import { toHex } from "../shared/hex.ts";
import { compareWithManifest } from "./check-rule.ts";
import type { Check } from "./check.ts";
import {
  DocumentFault,
  readPublicManifest,
  type ReadManifest,
  type SignedOutcome,
} from "./documents.ts";
import type { FindingList } from "./finding.ts";
import type { PublicationSource } from "./publication-source.ts";

/** Reads the manifest and holds it against the outcome; null where it could not be read. */
export async function checkManifest(
  source: PublicationSource,
  outcome: SignedOutcome,
  findings: FindingList,
): Promise<{ manifest: ReadManifest | null; check: Check }> {
  const manifest = await readManifestOf(source, outcome, findings);
  const isFailed =
    manifest === null || findings.has("manifest.hash", "manifest.malformed", "outcome.contradicts");
  return { manifest, check: { check: "manifest", state: isFailed ? "failed" : "passed" } };
}

async function readManifestOf(
  source: PublicationSource,
  outcome: SignedOutcome,
  findings: FindingList,
): Promise<ReadManifest | null> {
  const bytes = await source.readDocument("manifest");
  const hash = toHex(new SHA256().update(bytes).digest());
  findings.compare("manifest.hash", outcome.manifestHash, hash);
  try {
    const manifest = readPublicManifest(bytes);
    compareWithManifest({ manifest, signed: outcome.signed, findings });
    return manifest;
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    findings.add("manifest.malformed", "a manifest", error.message);
    return null;
  }
}
