import { calculateConsensus, type Consensus, type EligibleWeight } from "./calculate-consensus.ts";
import {
  auditorChecks,
  publicChecks,
  type Check,
  type CheckName,
  type DisputeBasis,
} from "./check.ts";
import { checkCells, checkTallies, type RecountedFigures } from "./check-tallies.ts";
import { checkRule, compareWithManifest } from "./check-rule.ts";
import { SHA256 } from "@stablelib/sha256";
import type { Disclosure } from "../decision/decision.ts";
import { canonicalJson } from "../shared/canonical-json.ts";
import { toHex } from "../shared/hex.ts";
import {
  DocumentFault,
  readKeys,
  readOutcome,
  readPublicManifest,
  type ReadManifest,
  type SignedOutcome,
} from "./documents.ts";
import {
  FindingList,
  type FindingCode,
  type ListName,
  type VerificationFinding,
} from "./finding.ts";
import { ListColumns, PublicationIndex } from "./publication-index.ts";
import type { PublicationSource } from "./publication-source.ts";
import { findOverlap, readList, type ReadList, type VerificationProgress } from "./read-list.ts";
import { rowFormOf } from "./row-reader.ts";
import {
  outcomePayload,
  verifySignature,
  type PublishedKey,
  type SignatureState,
} from "./signature.ts";

export interface VerificationOptions {
  /** The id that was asked for; the outcome must be of it. */
  decisionId?: string;
  /** Public keys (base64url) that the reader has from elsewhere: one of them must have signed. */
  trustedKeys?: readonly string[];
  signal?: AbortSignal;
  onProgress?: (progress: VerificationProgress) => void;
}

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
  const { signal, onProgress } = options;
  const findings = new FindingList();
  onProgress?.({ phase: "documents", rows: 0, rowsOf: 0, bytes: 0 });
  const outcome = await readSignedOutcome(source, options.decisionId, findings);
  if (outcome === null) return unreadable(findings, options);
  const keys = await readPublishedKeys(source, findings);
  const signature = await checkSignature({ outcome, keys, findings, options });
  const manifest = await readManifestOf(source, outcome, findings);
  signal?.throwIfAborted();
  const lists = await readLists({ source, outcome, manifest, findings, options });
  const { counted, others } = lists;
  const columns = { counted: counted.columns, others: others.columns };
  onProgress?.(progressAt("counting", lists));
  checkLists(outcome, lists, findings);
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
    isKeyTrusted: isTrusted(signature.key, options),
    checks: [
      signatureCheck(signature.state, findings),
      manifestCheck(manifest, findings),
      ...listChecks(outcome, lists, findings),
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

async function readSignedOutcome(
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

async function readPublishedKeys(
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

function isTrusted(key: PublishedKey | null, { trustedKeys = [] }: VerificationOptions): boolean {
  return key !== null && trustedKeys.includes(key.x);
}

interface SignatureCheckInput {
  outcome: SignedOutcome;
  keys: readonly PublishedKey[];
  findings: FindingList;
  options: VerificationOptions;
}

async function checkSignature({
  outcome,
  keys,
  findings,
  options,
}: SignatureCheckInput): Promise<{ state: SignatureState; key: PublishedKey | null }> {
  const { signature } = outcome;
  if (signature === null) {
    findings.add("outcome.unsigned", "a signature", "none");
    return { state: "invalid", key: null };
  }
  const key = keys.find(({ kid }) => kid === signature.key_id);
  if (key === undefined) {
    const known = keys.map(({ kid }) => kid).join(", ");
    findings.add("key.unknown", `one of the published keys: ${known}`, signature.key_id);
    return { state: "invalid", key: null };
  }
  const { trustedKeys = [] } = options;
  if (trustedKeys.length > 0 && !trustedKeys.includes(key.x))
    findings.add("key.other", trustedKeys.join(" or "), key.x);
  const payload = outcomePayload(canonicalJson(outcome.signed));
  const state = await verifySignature(payload, signature, key);
  if (state === "invalid")
    findings.add("outcome.signature", `by ${key.kid}, ${key.x}`, "not of these members");
  return { state, key: state === "valid" ? key : null };
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

interface ListsInput {
  source: PublicationSource;
  outcome: SignedOutcome;
  manifest: ReadManifest | null;
  findings: FindingList;
  options: VerificationOptions;
}

type ReadLists = Record<ListName, ReadList>;

async function readLists(input: ListsInput): Promise<ReadLists> {
  const counted = await readOneList(input, "counted", 0);
  return { counted, others: await readOneList(input, "others", counted.bytes) };
}

async function readOneList(
  { source, outcome, manifest, findings, options }: ListsInput,
  list: ListName,
  bytesBefore: number,
): Promise<ReadList> {
  const { signal, onProgress } = options;
  // Without its manifest the outcome still tells a roll call by its root of rows.
  const otherwise = outcome.rowsRoot === null ? "pseudonymous" : "roll_call";
  const { size } = outcome[list];
  const regions = manifest?.regions ?? null;
  return readList(await source.openList(list), {
    list,
    decisionId: outcome.decisionId,
    form: rowFormOf(list, manifest?.disclosure ?? otherwise),
    // A decision without regions has the empty code.
    regions: regions === null ? null : new Set(regions.length === 0 ? [""] : regions),
    hasRowsRoot: list === "counted" && outcome.rowsRoot !== null,
    size,
    findings,
    signal,
    onRows: (rows, bytes) =>
      onProgress?.({ phase: list, rows, rowsOf: size, bytes: bytesBefore + bytes }),
  });
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

function checkLists(outcome: SignedOutcome, lists: ReadLists, findings: FindingList): void {
  for (const list of ["counted", "others"] as const) {
    const { columns, root } = lists[list];
    findings.compare("list.size", String(outcome[list].size), String(columns.size), { list });
    findings.compare("list.root", outcome[list].root, root, { list });
  }
  const { counted, others } = lists;
  if (outcome.rowsRoot !== null)
    findings.compare("list.rows_root", outcome.rowsRoot, counted.rowsRoot, { list: "counted" });
  const overlap = findOverlap(counted.columns, others.columns);
  if (overlap !== null) {
    const [list, hash] = ["counted", counted.columns.hashAt(overlap)] as const;
    findings.add("list.overlap", "each hash in one list", "in both", {
      list,
      row: overlap + 1,
      hash,
    });
  }
  if (outcome.shownCells !== null) checkCells(counted.columns, outcome.shownCells, findings);
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

function signatureCheck(state: SignatureState, findings: FindingList): Check {
  if (state === "unsupported")
    return { check: "signature", state: "not_checked", reason: "no_ed25519" };
  const isFailed =
    state === "invalid" || findings.has("key.other", "outcome.other_decision", "keys.malformed");
  return { check: "signature", state: isFailed ? "failed" : "passed" };
}

function manifestCheck(manifest: ReadManifest | null, findings: FindingList): Check {
  const isFailed =
    manifest === null || findings.has("manifest.hash", "manifest.malformed", "outcome.contradicts");
  return { check: "manifest", state: isFailed ? "failed" : "passed" };
}

const listCodes = [
  "row.malformed",
  "list.order",
  "list.duplicate",
  "list.overlap",
  "list.size",
  "list.root",
] as const;

function listChecks(outcome: SignedOutcome, lists: ReadLists, findings: FindingList): Check[] {
  const isWrong = (list: ListName): boolean => findings.hasIn(list, listCodes);
  const { counted, others } = lists;
  const { size } = counted.columns;
  const isHash = counted.columns.form === "hash";
  const cellState = findings.has("ballot.cell", "ballot.region") ? "failed" : null;
  const isEveryCellShown = counted.opened === size;
  return [
    listCheck("counted_list", isWrong("counted"), size),
    listCheck("others_list", isWrong("others"), others.columns.size),
    isHash
      ? { check: "ballot_hashes", state: "not_checked", done: 0, of: size, reason: "aggregate" }
      : {
          check: "ballot_hashes",
          state: findings.has("ballot.hash") ? "failed" : "passed",
          done: counted.hashed,
          of: size,
        },
    {
      check: "regions_and_weights",
      state: cellState ?? (isHash ? "not_checked" : isEveryCellShown ? "passed" : "partly"),
      done: counted.opened,
      of: size,
      ...(isHash
        ? { reason: "aggregate" as const }
        : isEveryCellShown
          ? {}
          : { reason: "cells_hidden" as const }),
    },
    outcome.rowsRoot === null
      ? { check: "notes", state: "not_checked", reason: "none_there" }
      : { check: "notes", state: findings.has("list.rows_root") ? "failed" : "passed" },
    outcome.shownCells === null
      ? { check: "shown_cells", state: "not_checked", reason: "none_there" }
      : { check: "shown_cells", state: findings.has("cells.count") ? "failed" : "passed" },
  ];
}

function listCheck(check: "counted_list" | "others_list", isWrong: boolean, size: number): Check {
  return { check, state: isWrong ? "failed" : "passed", done: size, of: size };
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
