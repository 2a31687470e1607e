/**
 * @typedef {{ voter: string, vote: "yes" | "no" | "abstain", region?: string }} CastVote
 * @typedef {number | bigint | string} Weight A whole number; as text where it can pass 2^53.
 * @typedef {{ weight: Weight, region?: string }} RollEntry
 * @typedef {{ yes: bigint, no: bigint, abstain: bigint, eligible: bigint }} Sums
 * @typedef {{ yes: string, no: string, abstain: string, eligible: string, support: string | null,
 *   agreement: string | null, participation: string | null }} Indices
 */

/**
 * How far voters agree, whole and by region, as exact fractions such as `"2/3"`; null where there
 * is nothing to divide by. With Y, N and A the weights of yes, no and abstentions, and E that of
 * all who may vote:
 *
 * - support = Y ÷ (Y + N)
 * - agreement = (M − ½ (Y + N + A − M)) ÷ (Y + N + A), with M the largest of Y, N and A: 1 when all
 *   vote alike, 0 when they are split in three equal parts (the Agreement Index of S. Hix, A. Noury
 *   and G. Roland, "Power to the Parties", British Journal of Political Science 35, 2005, p. 215)
 * - participation = (Y + N + A) ÷ E
 *
 * `weights` is the roll: a voter's weight, or weight and region. Who votes without standing in it
 * weighs 1 and is added to it. The newest vote of a voter counts, in the region of the roll where
 * it names one. Throws a RangeError for a weight that is not a whole number of at least 0.
 * @param {Iterable<CastVote>} votes
 * @param {Record<string, Weight | RollEntry>} weights
 * @returns {{ whole: Indices, regions: Record<string, Indices> }}
 */
export function calculateConsensus(votes, weights) {
  const newest = new Map([...votes].map((cast) => [cast.voter, cast]));
  const roll = new Map(Object.entries(weights));
  for (const voter of newest.keys()) if (!roll.has(voter)) roll.set(voter, 1);

  const whole = noSums();
  /** @type {Map<string, Sums>} */
  const regions = new Map();
  for (const [voter, entry] of roll) {
    const cast = newest.get(voter);
    const { weight, region } = typeof entry === "object" ? entry : { weight: entry };
    const code = region ?? cast?.region;
    const units = wholeNumber(weight);
    addTo(whole, units, cast);
    if (code === undefined) continue;
    const sums = regions.get(code) ?? noSums();
    regions.set(code, sums);
    addTo(sums, units, cast);
  }
  const byRegion = [...regions].map(([code, sums]) => [code, indicesOf(sums)]);
  return { whole: indicesOf(whole), regions: Object.fromEntries(byRegion) };
}

/** @returns {Sums} */
function noSums() {
  return { yes: 0n, no: 0n, abstain: 0n, eligible: 0n };
}

/**
 * @param {Sums} sums
 * @param {bigint} weight
 * @param {CastVote | undefined} cast
 */
function addTo(sums, weight, cast) {
  sums.eligible += weight;
  if (cast !== undefined) sums[cast.vote] += weight;
}

/**
 * @param {Sums} sums
 * @returns {Indices}
 */
function indicesOf({ yes, no, abstain, eligible }) {
  const cast = yes + no + abstain;
  const most = [no, abstain].reduce((top, sum) => (sum > top ? sum : top), yes);
  return {
    yes: String(yes),
    no: String(no),
    abstain: String(abstain),
    eligible: String(eligible),
    support: fraction(yes, yes + no),
    agreement: fraction(3n * most - cast, 2n * cast),
    participation: fraction(cast, eligible),
  };
}

/**
 * @param {bigint} over
 * @param {bigint} under
 */
function fraction(over, under) {
  if (under === 0n) return null;
  let [common, rest] = [under, over];
  while (rest !== 0n) [common, rest] = [rest, common % rest];
  return under === common ? String(over / common) : `${over / common}/${under / common}`;
}

/** @param {Weight} weight */
function wholeNumber(weight) {
  if (!/^\d+$/.test(String(weight))) throw new RangeError(`not a weight: ${String(weight)}`);
  return BigInt(weight);
}
