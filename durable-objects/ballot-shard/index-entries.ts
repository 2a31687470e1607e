/**
 * Ballots of the voter index: their voters' buckets, which go up, and with each bucket the seqs of
 * its ballots, which go up too. Both arrays are of one length.
 */
export type IndexEntries = { buckets: Uint32Array; seqs: Float64Array };

/** A seq is a double, since a seq may pass 2^32, and a bucket four bytes. */
export const entryBytes = 12;

/** Puts entries into one value: the seqs, then the buckets, in the machine's byte order. */
export function encodeEntries({ buckets, seqs }: IndexEntries): ArrayBuffer {
  const bytes = new ArrayBuffer(buckets.length * entryBytes);
  new Float64Array(bytes, 0, seqs.length).set(seqs);
  new Uint32Array(bytes, seqs.byteLength, buckets.length).set(buckets);
  return bytes;
}

/** Reads what `encodeEntries` made, without copying it. */
export function decodeEntries(bytes: ArrayBuffer): IndexEntries {
  const count = bytes.byteLength / entryBytes;
  const seqs = new Float64Array(bytes, 0, count);
  return { seqs, buckets: new Uint32Array(bytes, seqs.byteLength, count) };
}

/**
 * The seqs of a bucket in memory: most have one, and a list of one takes more than the seq. A
 * list is never changed.
 */
export type BucketSeqs = number | readonly number[];

/** Entries from some seqs by bucket, in any order. */
export function toEntries(seqsByBucket: ReadonlyMap<number, BucketSeqs>): IndexEntries {
  let count = 0;
  for (const some of seqsByBucket.values()) count += typeof some === "number" ? 1 : some.length;
  const entries = { buckets: new Uint32Array(count), seqs: new Float64Array(count) };
  let at = 0;
  const add = (bucket: number, seq: number): void => {
    entries.buckets[at] = bucket;
    entries.seqs[at] = seq;
    at += 1;
  };
  for (const bucket of Uint32Array.from(seqsByBucket.keys()).toSorted()) {
    const some = seqsByBucket.get(bucket) ?? [];
    if (typeof some === "number") add(bucket, some);
    else for (const seq of Float64Array.from(some).toSorted()) add(bucket, seq);
  }
  return entries;
}

/** The seqs of a bucket's ballots. */
export function seqsOf({ buckets, seqs }: IndexEntries, bucket: number): Float64Array {
  const from = offsetOf(buckets, bucket);
  let to = from;
  while (buckets[to] === bucket) to += 1;
  return seqs.subarray(from, to);
}

/** The entries whose buckets are at least `from` and below `to`. */
export function between(entries: IndexEntries, from: number, to: number): IndexEntries {
  return part(entries, offsetOf(entries.buckets, from), offsetOf(entries.buckets, to));
}

/** All entries of both; what is in both is once in it. */
export function mergeEntries(a: IndexEntries, b: IndexEntries): IndexEntries {
  const most = a.buckets.length + b.buckets.length;
  const merged = { buckets: new Uint32Array(most), seqs: new Float64Array(most) };
  let inA = 0;
  let inB = 0;
  let count = 0;
  while (inA < a.buckets.length || inB < b.buckets.length) {
    const order = compareAt(a, inA, b, inB);
    const [from, at] = order <= 0 ? [a, inA] : [b, inB];
    merged.buckets[count] = from.buckets[at] as number;
    merged.seqs[count] = from.seqs[at] as number;
    count += 1;
    if (order <= 0) inA += 1;
    if (order >= 0) inB += 1;
  }
  return part(merged, 0, count);
}

/**
 * Cuts entries into even pieces of at most `max`. The entries of one bucket stay together, so a
 * piece is larger where a bucket holds that many.
 */
export function cutEntries(entries: IndexEntries, max: number): IndexEntries[] {
  const { buckets } = entries;
  const pieces = Math.ceil(buckets.length / max);
  const even = Math.ceil(buckets.length / pieces);
  const cut: IndexEntries[] = [];
  for (let from = 0; from < buckets.length;) {
    let to = Math.min(from + even, buckets.length);
    while (to < buckets.length && buckets[to] === buckets[to - 1]) to += 1;
    cut.push(part(entries, from, to));
    from = to;
  }
  return cut;
}

function part({ buckets, seqs }: IndexEntries, from: number, to: number): IndexEntries {
  return { buckets: buckets.subarray(from, to), seqs: seqs.subarray(from, to) };
}

/** Where the first bucket stands that is at least this one. */
function offsetOf(buckets: Uint32Array, bucket: number): number {
  let from = 0;
  let to = buckets.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((buckets[middle] as number) < bucket) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Which of two entries comes first; the end of a list comes after everything. */
function compareAt(a: IndexEntries, inA: number, b: IndexEntries, inB: number): number {
  const bucketOfA = a.buckets[inA] ?? Number.POSITIVE_INFINITY;
  const bucketOfB = b.buckets[inB] ?? Number.POSITIVE_INFINITY;
  if (bucketOfA !== bucketOfB) return bucketOfA - bucketOfB;
  return (a.seqs[inA] as number) - (b.seqs[inB] as number);
}
