import { prefixVersion, stripVersion } from "../shared/versioned.ts";
import { decodeChoice } from "./ballot-code.ts";
import { ballotChoices } from "./ballot.ts";
import type { CastOutcome } from "./cast-many.ts";
import type { Receipt, ShardAddress } from "./receipt.ts";
import type { CastRequest, VoteRefusal } from "./voter.ts";

// What a shard is asked and answers: a version and JSON text without names. A call with one string
// costs the runtime half of what a call with objects costs, the largest part of a single vote.
// For minutes in every deployment one end may be of a newer release. Whoever reads a newer form
// refuses it: a shard before anything is counted, a Worker by saying that the outcome is unknown,
// and a repeat of that vote never counts twice.

const requestsForm = { name: "a request to a shard", version: 1 };
const outcomesForm = { name: "a shard's answer", version: 1 };

type RequestCode = [
  pid: string,
  choice: number,
  region: string,
  weight: number,
  requestKey: string | null,
];

/** A receipt without its address, which whoever asked the shard knows. */
type ReceiptCode = [seq: number | null, ballotHash: string, acceptedAt: number];

type OutcomeCode =
  | [kind: "accepted" | "repeated", receipt: ReceiptCode]
  | [refused: VoteRefusal, receipt: ReceiptCode | null, isRefused: true];

/** What a shard is asked, as text. */
export function encodeRequests(requests: readonly CastRequest[]): string {
  const codes = requests.map(({ pid, choice, region, weight, requestKey }): RequestCode => [
    pid,
    ballotChoices.indexOf(choice),
    region,
    weight,
    requestKey,
  ]);
  return prefixVersion(requestsForm, JSON.stringify(codes));
}

/**
 * Reads what a shard is asked.
 * @param text what `encodeRequests` made, here or in another release
 * @throws {UnknownVersion} where that release is newer
 */
export function decodeRequests(text: string): CastRequest[] {
  const codes = JSON.parse(stripVersion(requestsForm, text)) as RequestCode[];
  return codes.map(([pid, choice, region, weight, requestKey]) => ({
    pid,
    choice: decodeChoice(choice),
    region,
    weight,
    requestKey,
  }));
}

/** What a shard answers, as text. */
export function encodeOutcomes(outcomes: readonly CastOutcome[]): string {
  const codes = outcomes.map((outcome): OutcomeCode => {
    if (outcome.kind !== "refused") return [outcome.kind, encodeReceipt(outcome.receipt)];
    const { code, receipt } = outcome;
    return [code, receipt === null ? null : encodeReceipt(receipt), true];
  });
  return prefixVersion(outcomesForm, JSON.stringify(codes));
}

/**
 * Reads what the shard at this address answers.
 * @param text what `encodeOutcomes` made, here or in another release
 * @throws {UnknownVersion} where that release is newer
 */
export function decodeOutcomes(text: string, address: ShardAddress): CastOutcome[] {
  const codes = JSON.parse(stripVersion(outcomesForm, text)) as OutcomeCode[];
  return codes.map((code): CastOutcome => {
    if (code.length === 2) return { kind: code[0], receipt: decodeReceipt(code[1], address) };
    const [refusal, receipt] = code;
    const first = receipt === null ? null : decodeReceipt(receipt, address);
    return { kind: "refused", code: refusal, receipt: first };
  });
}

function encodeReceipt({ seq, ballotHash, acceptedAt }: Receipt): ReceiptCode {
  return [seq, ballotHash, acceptedAt];
}

function decodeReceipt(
  [seq, ballotHash, acceptedAt]: ReceiptCode,
  { decisionId, shard }: ShardAddress,
): Receipt {
  return { decisionId, shard, seq, ballotHash, acceptedAt };
}
