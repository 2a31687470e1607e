import { labelNonce } from "../label-nonce.ts";
import { adminKey, api, type ReceiptBody } from "./api.ts";

export type VoteItem = {
  voter_id: string;
  vote: string;
  region?: string;
  weight?: number;
} & VoteMore;
type VoteMore = { nonce?: string; proof?: string; name?: string; statement?: string };
export type ItemBody =
  | { status: "accepted" | "repeated"; receipt: ReceiptBody }
  | { status: "refused"; code: string; detail: string; receipt?: undefined };
export type BatchBody = {
  accepted: number;
  repeated: number;
  refused: number;
  results: ItemBody[];
};

/** The same words are the same vote, as a station's own software would have it. */
export function nonceOfWords({ voter_id, vote }: Pick<VoteItem, "voter_id" | "vote">): string {
  return labelNonce(`${voter_id} ${vote}`);
}

/** Casts a batch as a station does, here with the first admin's key unless another is given. */
export function castBatch<Body = BatchBody>(
  decisionId: string,
  votes: readonly VoteItem[],
  more: { key?: string; idempotencyKey?: string; signed?: boolean } = {},
) {
  const headers: Record<string, string> =
    more.idempotencyKey === undefined ? {} : { "idempotency-key": more.idempotencyKey };
  const isNamed = more.idempotencyKey !== undefined;
  const sent = isNamed ? votes : votes.map((item) => ({ nonce: nonceOfWords(item), ...item }));
  const path = `/api/v1/decisions/${decisionId}/votes/batch`;
  return api<Body>("POST", path, {
    key: more.key ?? adminKey,
    body: { votes: sent, ...(more.signed === undefined ? {} : { signed: more.signed }) },
    headers,
  });
}

/** Voters with names of their own, all of one mind and region. */
export function votesOf(
  count: number,
  vote: string,
  region: string,
  prefix = `${vote}-${region}`,
): VoteItem[] {
  return Array.from({ length: count }, (_, index) => ({
    voter_id: `${prefix}-${index}`,
    vote,
    region,
  }));
}
