import { calculateConsensus, type EligibleWeight } from "./calculate-consensus.ts";
import { checkLists } from "./check-lists.ts";
import { checkManifest } from "./check-manifest.ts";
import { checkRule } from "./check-rule.ts";
import { checkSignature } from "./check-signature.ts";
import { checkTallies, type RecountedFigures } from "./check-tallies.ts";
import {
  auditorChecks,
  publicChecks,
  type Check,
  type CheckName,
  type DisputeBasis,
} from "./check.ts";
import type { Disclosure } from "../decision/decision.ts";
import type { ReadManifest, SignedOutcome } from "./documents.ts";
import { FindingList } from "./finding.ts";
import { ListColumns, PublicationIndex } from "./publication-index.ts";
import type { PublicationSource } from "./publication-source.ts";
import { readBothLists, type ReadLists } from "./read-both-lists.ts";
import type { VerificationProgress } from "./read-list.ts";
import { readPublishedKeys, readSignedOutcome } from "./read-published-documents.ts";
import type { VerificationReport, VerifiedPublication } from "./verification-report.ts";

export interface VerificationOptions {
  /** The id that was asked for; the outcome must be of it. */
  decisionId?: string;
  /** Public keys (base64url) that the reader has from elsewhere: one of them must have signed. */
  trustedKeys?: readonly string[];
  signal?: AbortSignal;
  onProgress?: (progress: VerificationProgress) => void;
}

/**
 * Verifies a certified decision by what it has published, as docs/verify.md says: each byte of both
 * lists is looked at, each hash and root made again, and the rule evaluated on the recount.
 * @throws {SourceError} a part could not be read
 * @throws {NotCertified} the decision was not certified yet
 */
export async function verifyPublished(
  source: PublicationSource,
  options: VerificationOptions = {},
): Promise<VerifiedPublication> {
  const { trustedKeys = [], signal, onProgress } = options;
  const findings = new FindingList();
  onProgress?.({ phase: "documents", rows: 0, rowsOf: 0, bytes: 0 });
  const outcome = await readSignedOutcome(source, options.decisionId, findings);
  if (outcome === null) return unreadable(findings, options);
  const keys = await readPublishedKeys(source, findings);
  const signature = await checkSignature({ outcome, keys, trustedKeys, findings });
  const { manifest, check: manifestCheck } = await checkManifest(source, outcome, findings);
  signal?.throwIfAborted();
  const lists = await readBothLists({ source, outcome, manifest, findings, signal, onProgress });
  const { counted, others } = lists;
  const columns = { counted: counted.columns, others: others.columns };
  onProgress?.(progressAt("counting", lists));
  const listChecks = checkLists(outcome, lists, findings);
  const isOpened = columns.counted.form !== "hash";
  const eligible = manifest === null ? null : eligibleWeight(manifest);
  const consensus = isOpened
    ? calculateConsensus(columns.counted, columns.counted.weights, eligible)
    : null;
  const tallies = checkTallies({
    outcome,
    manifest,
    counted: columns.counted,
    consensus,
    findings,
  });
  onProgress?.(progressAt("rule", lists));
  const rule = ruleChecks(manifest, outcome, tallies.figures, findings);
  const disclosure = manifest?.disclosure ?? null;
  const report: VerificationReport = {
    decisionId: outcome.decisionId,
    disclosure,
    isRehearsal: [outcome.signed, manifest?.document].some((one) => one?.["rehearsal"] === true),
    verdict: findings.isEmpty
      ? signature.state === "valid"
        ? "verified"
        : "unverified"
      : "tampered",
    signedBy: signature.key,
    isKeyTrusted: signature.isKeyTrusted,
    checks: [
      signature.check,
      manifestCheck,
      ...listChecks,
      ...tallies.checks,
      ...rule,
      ...auditorChecks.map(auditorCheck),
    ],
    findings: findings.listed,
    findingCounts: findings.counts,
    rows: { counted: columns.counted.size, others: columns.others.size },
    bytes: counted.bytes + others.bytes,
    consensus,
    disputes: disputesOf(disclosure, lists),
  };
  const isListed = !findings.has("list.size", "list.root", "list.order", "list.duplicate");
  return { report, index: new PublicationIndex(columns), outcome, keys, isListed };
}

/** Nothing is read of lists that no outcome stands above. */
function unreadable(findings: FindingList, options: VerificationOptions): VerifiedPublication {
  const none = () => new ListColumns("hash", () => []);
  const wrong = (check: CheckName): Check => ({
    check,
    state: "not_checked",
    reason: "foundation_wrong",
  });
  const report: VerificationReport = {
    decisionId: options.decisionId ?? "",
    disclosure: null,
    isRehearsal: false,
    verdict: "tampered",
    signedBy: null,
    isKeyTrusted: false,
    checks: [...publicChecks.map(wrong), ...auditorChecks.map(auditorCheck)],
    findings: findings.listed,
    findingCounts: findings.counts,
    rows: { counted: 0, others: 0 },
    bytes: 0,
    consensus: null,
    disputes: ["signed_outcome", "receipts"],
  };
  const index = new PublicationIndex({ counted: none(), others: none() });
  return { report, index, outcome: null, keys: [], isListed: false };
}

function auditorCheck(check: CheckName): Check {
  return { check, state: "not_checked", reason: "needs_auditor" };
}

function eligibleWeight({ electorate }: ReadManifest): EligibleWeight | null {
  if (electorate === null) return null;
  const regions = electorate.regions.map(({ region, weight }) => [region, BigInt(weight)] as const);
  return { whole: BigInt(electorate.weight), regions: new Map(regions) };
}

function progressAt(phase: "counting" | "rule", lists: ReadLists): VerificationProgress {
  const rows = lists.counted.columns.size;
  return { phase, rows, rowsOf: rows, bytes: lists.counted.bytes + lists.others.bytes };
}

function ruleChecks(
  manifest: ReadManifest | null,
  { signed, regions }: SignedOutcome,
  figures: RecountedFigures,
  findings: FindingList,
): Check[] {
  const shown = new Set(regions.keys());
  if (manifest !== null) return checkRule({ manifest, signed, shown, figures, findings });
  return [
    { check: "rule", state: "not_checked", reason: "foundation_wrong" },
    { check: "forecast", state: "not_checked", reason: "foundation_wrong" },
  ];
}

function disputesOf(disclosure: Disclosure | null, { counted }: ReadLists): DisputeBasis[] {
  const isOpen = disclosure === "roll_call" || counted.opened === counted.columns.size;
  return [
    "signed_outcome",
    "receipts",
    ...(isOpen && counted.columns.form !== "hash" ? [] : (["auditor_openings"] as const)),
    "auditor_roll",
  ];
}
