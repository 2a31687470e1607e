import { z } from "zod";
import { decodeBallot, encodeBallot } from "../ballot/ballot-code.ts";
import { ballotChoices, type Ballot } from "../ballot/ballot.ts";
import type { ShardAddress } from "../ballot/receipt.ts";
import { requireKnownVersion, UnknownVersion, versionOf } from "../shared/versioned.ts";

/** The shard that a record is from, and the epoch of its outbox when it published the record. */
export type RecordSource = ShardAddress & { epoch: number };

/**
 * A run of consecutive ballots of one shard: the unit of the vote log. Its key is decision/shard,
 * so order holds where it matters.
 */
export type VoteRecord = RecordSource & { ballots: readonly Ballot[] };

const recordForm = { name: "a record of the vote log", version: 1 };

/**
 * Regions stand once and are pointed at; a ballot's time is the distance from the record's first.
 * So a ballot is about 45 bytes.
 */
const recordSchema = z.strictObject({
  v: z.int(),
  /** What is no decision's id was never a vote, and would stand in keys of any length. */
  decision: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  shard: z.int().min(0),
  epoch: z.int().min(1),
  from_seq: z.int().min(1),
  at: z.int(),
  regions: z.array(z.string()),
  // Ballots are checked below: a schema takes three times as long with each as reading it takes.
  ballots: z.custom<unknown[]>(Array.isArray, "a list"),
});

/**
 * A text is no record, or one of a newer version: it is kept as a dead letter, and its shard sends
 * its ballots again.
 */
export class UnreadableRecord extends Error {
  override readonly name = "UnreadableRecord";
}

/** A record as text. */
export function encodeRecord(record: VoteRecord): string {
  const first = record.ballots[0];
  if (first === undefined) throw new RangeError("a record holds at least one ballot");
  const regions = new Map<string, number>();
  const ballots = record.ballots.map((ballot) => {
    const [pid, choice, region, weight, acceptedAt] = encodeBallot(ballot);
    const index = regions.get(region) ?? regions.size;
    regions.set(region, index);
    return [pid, choice, index, weight, acceptedAt - first.acceptedAt];
  });
  return JSON.stringify({
    v: versionOf(recordForm),
    decision: record.decisionId,
    shard: record.shard,
    epoch: record.epoch,
    from_seq: first.seq,
    at: first.acceptedAt,
    regions: [...regions.keys()],
    ballots,
  });
}

/**
 * Reads a record.
 * @throws {UnreadableRecord} where the text is no record, or one of a newer version.
 */
export function decodeRecord(text: string): VoteRecord {
  const { decision, shard, epoch, from_seq, at, regions, ballots } = parseRecord(text);
  const read = ballots.map((code, offset): Ballot => {
    if (!isRecordBallot(code)) {
      throw new UnreadableRecord(`what stands at ballots[${offset}] is no ballot`);
    }
    const [pid, choice, index, weight, after] = code;
    const region = regions[index];
    if (region === undefined) throw new UnreadableRecord(`no region has the index ${index}`);
    return decodeBallot(from_seq + offset, [pid, choice, region, weight, at + after]);
  });
  return { decisionId: decision, shard, epoch, ballots: read };
}

type RecordBallot = [pid: string, choice: number, region: number, weight: number, after: number];

function isRecordBallot(code: unknown): code is RecordBallot {
  if (!Array.isArray(code) || code.length !== 5) return false;
  const [pid, choice, region, weight, after] = code as unknown[];
  return (
    typeof pid === "string" &&
    pid !== "" &&
    isWhole(choice, 0) &&
    choice < ballotChoices.length &&
    isWhole(region, 0) &&
    isWhole(weight, 1) &&
    isWhole(after, Number.MIN_SAFE_INTEGER)
  );
}

function isWhole(value: unknown, min: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= min;
}

function parseRecord(text: string): z.infer<typeof recordSchema> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UnreadableRecord("not JSON");
  }
  requireReadableVersion(json);
  const parsed = recordSchema.safeParse(json);
  if (!parsed.success) throw new UnreadableRecord(z.prettifyError(parsed.error));
  return parsed.data;
}

function requireReadableVersion(json: unknown): void {
  const { v } = Object(json) as { v?: unknown };
  try {
    requireKnownVersion(recordForm, v);
  } catch (error) {
    if (error instanceof UnknownVersion) throw new UnreadableRecord(error.message);
    throw error;
  }
}
