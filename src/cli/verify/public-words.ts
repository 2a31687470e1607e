import { choices } from "../../ballot/ballot.ts";
import type { Check, CheckName, CheckReason, DisputeBasis } from "../../verification/check.ts";
import type { ReceiptReport, ReceiptVerdict } from "../../verification/check-receipt.ts";
import type { VerificationFinding } from "../../verification/finding.ts";
import type { VerificationReport } from "../../verification/verification-report.ts";
import { formatProgressCount } from "../command-line/progress-line.ts";

const checkWords: Record<CheckName, string> = {
  signature: "the outcome is signed by a published key",
  manifest: "the manifest is the one that the outcome names, and they say the same",
  counted_list: "counted ballots: form, order, number and Merkle root",
  others_list: "ballots that do not count: form, order, number and Merkle root",
  ballot_hashes: "hashes made again from choice, k and c",
  regions_and_weights: "regions and weights opened by u",
  notes: "names, statements and times: the Merkle root of the rows",
  shown_cells: "rows of each region and weight that is shown",
  ballots: "ballots of each choice, recounted",
  weight: "weight of each choice, recounted",
  regional_tallies: "regions recounted",
  rule: "requirements of the rule evaluated",
  forecast: "what would have changed it",
  openings: "region, weight and choice of every hash, also of those that are hidden",
  voters: "each ballot is of a voter of the electorate, and each voter has one",
  withdrawals: "how many have taken their vote back",
  copies: "database, results, lists and audit log say the same as the record",
};

const reasonWords: Record<CheckReason, string> = {
  aggregate: "the decision publishes hashes alone, so figures are as they were signed",
  cells_hidden: "the others' region and weight have too few voters to be shown",
  regions_hidden: "regions with too few voters are not shown",
  none_there: "there is nothing of the kind",
  no_ed25519: "this runtime knows no Ed25519",
  foundation_wrong: "what it rests on is wrong",
  needs_auditor: "that takes an auditor's key: set ENVIRO_KEY",
};

const stateWords: Record<Check["state"], string> = {
  passed: "ok",
  failed: "WRONG",
  partly: "in part",
  not_checked: "not",
};

const disputeWords: Record<DisputeBasis, string> = {
  signed_outcome: "the signed outcome: two of one decision that differ prove fraud",
  receipts: "receipts: a signed one whose hash is in neither list proves a loss",
  auditor_openings: "what auditors are told of hidden regions, weights and choices",
  auditor_roll: "roll and audit log, which auditors read",
};

/** A check as a line: how it ended, what it was, and why it is not whole. */
export function describeCheck({ check, state, done, of, reason }: Check): string {
  const isPart = done !== undefined && of !== undefined && done !== of;
  const count =
    done === undefined || of === undefined
      ? ""
      : `, ${isPart ? `${formatProgressCount(done)} of ` : ""}${formatProgressCount(of)}`;
  const why = reason === undefined ? "" : ` (${reasonWords[reason]})`;
  return `${stateWords[state].padEnd(10)}  ${checkWords[check]}${count}${why}`;
}

/** A finding as a line that begins with its code. */
export function describeFinding(finding: VerificationFinding): string {
  return `wrong: ${finding.code}${describePlace(finding)}: expected ${finding.expected}, found ${finding.actual}`;
}

/** Where it was found; empty where it has no place. */
export function describePlace({ list, row, hash, region, member }: VerificationFinding): string {
  return [
    list,
    row === undefined ? undefined : `row ${row}`,
    hash === undefined ? undefined : `ballot ${hash}`,
    region === undefined ? undefined : `region ${JSON.stringify(region)}`,
    member,
  ]
    .filter((part) => part !== undefined)
    .map((part) => `, ${part}`)
    .join("");
}

const receiptWords: Record<ReceiptVerdict, string> = {
  counted: "counted",
  not_counted: "among the ballots that do not count: it was replaced or taken back",
  other_decision: "WRONG: it is of another decision",
  not_own: "WRONG: choice, nonce, r and c do not make its hash",
  not_signed: "WRONG: no published key has signed it, and it is in neither list",
  unknown: "nothing can be said: what was read of the decision is not in order",
  other_choice: "WRONG: it is counted with another choice, which its private part proves",
  lost: "WRONG: acknowledged and in neither list. Its first part and the signed outcome prove a loss",
};

/** What a receipt came to, as a line. */
export function describeReceipt(name: string, report: ReceiptReport): string {
  const { verdict, reason, row } = report;
  const words =
    reason === "no_ed25519"
      ? "in neither list; this runtime can't check its signature"
      : receiptWords[verdict];
  // A row of a list that nothing can be said by is no place.
  const where = row === null || verdict === "unknown" ? "" : `, row ${formatProgressCount(row)}`;
  return `receipt     ${name}: ${words}${where}`;
}

/** What is said of a rehearsal, wherever one is verified. */
export const rehearsalMeaning = "its results never count";

/** The report of a public verification, line by line. */
export function describeReport(report: VerificationReport): string[] {
  const { decisionId, disclosure, signedBy, checks, consensus, findingCounts } = report;
  const isAuditors = ({ reason }: Check) => reason === "needs_auditor";
  const counts = Object.entries(findingCounts).map(([code, count]) => `${code} ${count}`);
  const signer =
    signedBy === null
      ? "no published key"
      : `key ${signedBy.kid}, ${signedBy.x}${report.isKeyTrusted ? "" : " (compare it with a copy from elsewhere)"}`;
  return [
    `decision    ${decisionId}${disclosure === null ? "" : `, ${disclosure}`}`,
    ...(report.isRehearsal ? [`rehearsal   ${rehearsalMeaning}`] : []),
    `signed by   ${signer}`,
    ...checks.filter((check) => !isAuditors(check)).map(describeCheck),
    ...(consensus === null
      ? []
      : [
          `counted     ${choices
            .map(
              (choice) => `${choice} ${formatProgressCount(consensus.whole.tally[choice].ballots)}`,
            )
            .join(", ")}`,
        ]),
    "Not checked without an auditor's key (ENVIRO_KEY):",
    ...checks.filter(isAuditors).map(({ check }) => `${"".padEnd(12)}${checkWords[check]}`),
    "A dispute rests on:",
    ...report.disputes.map((basis) => `${"".padEnd(12)}${disputeWords[basis]}`),
    ...(counts.length === 0 ? [] : [`found       ${counts.join(", ")}`]),
    verdictWords[report.verdict],
  ];
}

const verdictWords = {
  verified: "VERIFIED: what is published is what was signed, and it makes the outcome",
  tampered: "NOT what was signed, or not what makes the outcome",
  unverified: "NOT verified: the signature could not be checked here",
} as const;
