import { decodeChoice } from "./ballot-code.ts";
import { ballotChoices } from "./ballot.ts";
import type { CastOutcome } from "./cast-many.ts";
import type { Receipt, ShardAddress } from "./receipt.ts";
import type { CastRequest, VoteRefusal } from "./voter.ts";

// What a shard is asked and answers, as JSON text without names. Measured here, a call with one string costs the runtime half of what a call
// with objects costs, and that is the largest part of a single vote. Both ends are of one release, so the form has no version.

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

export function encodeRequests(requests: readonly CastRequest[]): string {
  return JSON.stringify(
    requests.map(({ pid, choice, region, weight, requestKey }): RequestCode => [
      pid,
      ballotChoices.indexOf(choice),
      region,
      weight,
      requestKey,
    ]),
  );
}

/** @param text what `encodeRequests` made */
export function decodeRequests(text: string): CastRequest[] {
  const codes = JSON.parse(text) as RequestCode[];
  return codes.map(([pid, choice, region, weight, requestKey]) => ({
    pid,
    choice: decodeChoice(choice),
    region,
    weight,
    requestKey,
  }));
}

export function encodeOutcomes(outcomes: readonly CastOutcome[]): string {
  return JSON.stringify(
    outcomes.map((outcome): OutcomeCode => {
      if (outcome.kind !== "refused") return [outcome.kind, encodeReceipt(outcome.receipt)];
      const { code, receipt } = outcome;
      return [code, receipt === null ? null : encodeReceipt(receipt), true];
    }),
  );
}

/** @param text what `encodeOutcomes` made in the shard at this address */
export function decodeOutcomes(text: string, address: ShardAddress): CastOutcome[] {
  const codes = JSON.parse(text) as OutcomeCode[];
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
