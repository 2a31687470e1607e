/** How many voters got a first token, how many further ones were issued, and how many revoked. */
export type TokenCounts = { issued: number; reissued: number; revoked: number };

export const noTokens: TokenCounts = { issued: 0, reissued: 0, revoked: 0 };

/** The counts of several shards together. */
export function sumTokenCounts(counts: Iterable<TokenCounts>): TokenCounts {
  const sum = { ...noTokens };
  for (const { issued, reissued, revoked } of counts) {
    sum.issued += issued;
    sum.reissued += reissued;
    sum.revoked += revoked;
  }
  return sum;
}

/** The later of two counts of one shard, which only grow. */
export function maxTokenCounts(one: TokenCounts, other: TokenCounts): TokenCounts {
  return {
    issued: Math.max(one.issued, other.issued),
    reissued: Math.max(one.reissued, other.reissued),
    revoked: Math.max(one.revoked, other.revoked),
  };
}
