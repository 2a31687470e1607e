import { decodeChoice } from "../ballot/ballot-code.ts";
import { ballotChoices, type BallotChoice } from "../ballot/ballot.ts";

/** A ballot as the publication takes it from the record: without pid, seq and shard. */
export interface PublishedBallot {
  /** 32 bytes in hexadecimal digits, as `k`, `c` and `u` are. */
  hash: string;
  k: string;
  c: string;
  u: string;
  choice: BallotChoice;
  /** Whether it is its voter's newest and no withdrawal. */
  isCounted: boolean;
  region: string;
  weight: number;
  /** In ms; outside roll calls the same of all ballots. */
  acceptedAt: number;
  /** Both null outside roll calls. */
  name: string | null;
  statement: string | null;
}

type PublishedCode = [
  hash: string,
  k: string,
  c: string,
  u: string,
  choice: number,
  isCounted: 0 | 1,
  region: string,
  weight: number,
  acceptedAt: number,
  name?: string | null,
  statement?: string | null,
];

/** As it waits in a shard and is sent to the room: an array as JSON, without its names. */
export function encodePublished(ballot: PublishedBallot): string {
  const { hash, k, c, u, choice, isCounted, region, weight, acceptedAt } = ballot;
  const code: PublishedCode = [
    hash,
    k,
    c,
    u,
    ballotChoices.indexOf(choice),
    isCounted ? 1 : 0,
    region,
    weight,
    acceptedAt,
  ];
  const { name, statement } = ballot;
  if (name !== null || statement !== null) code.push(name, statement);
  return JSON.stringify(code);
}

/** Reads what `encodePublished` wrote, with a line feed between each two. */
export function decodePublished(lines: string): PublishedBallot[] {
  if (lines === "") return [];
  // Written by `encodePublished` and by nothing else.
  const codes = JSON.parse(`[${lines.replaceAll("\n", ",")}]`) as PublishedCode[];
  return codes.map(([hash, k, c, u, choice, counted, region, weight, acceptedAt, ...note]) => ({
    hash,
    k,
    c,
    u,
    choice: decodeChoice(choice),
    isCounted: counted === 1,
    region,
    weight,
    acceptedAt,
    name: note[0] ?? null,
    statement: note[1] ?? null,
  }));
}
