import { prefixVersion, stripVersion } from "../shared/versioned.ts";
import { invariant } from "../shared/invariant.ts";
import { decodeChoice } from "./ballot-code.ts";
import { ballotChoices } from "./ballot.ts";
import type { CastOutcome } from "./cast-many.ts";
import { authorities, type Authority, type CastRequest, type VoteRefusal } from "./voter.ts";

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
  nonce: string,
  proof: string | null,
  authority: number,
  serial?: number | null,
  note?: [name: string | null, statement: string | null],
];

/** A receipt's values stand in one text, which costs a batch half of what one text each costs. */
type OutcomeCode = [kind: "accepted" | "repeated", hashRUC: string] | [refused: VoteRefusal];

/** Hexadecimal digits of each of them. */
const digits = 64;

/** What a shard is asked, as text. */
export function encodeRequests(requests: readonly CastRequest[]): string {
  const codes = requests.map((request): RequestCode => {
    const { pid, choice, region, weight, nonce, proof, authority, serial, note } = request;
    const said = [pid, ballotChoices.indexOf(choice), region, weight] as const;
    const asked = [...said, nonce, proof, authorities.indexOf(authority)] as const;
    if (note !== null) return [...asked, serial, [note.name, note.statement]];
    return serial === null ? [...asked] : [...asked, serial];
  });
  return prefixVersion(requestsForm, JSON.stringify(codes));
}

/**
 * Reads what a shard is asked.
 * @param text what `encodeRequests` made, here or in another release
 * @throws {UnknownVersion} where that release is newer
 */
export function decodeRequests(text: string): CastRequest[] {
  const codes = JSON.parse(stripVersion(requestsForm, text)) as RequestCode[];
  return codes.map(([pid, choice, region, weight, nonce, proof, authority, serial, note]) => ({
    pid,
    choice: decodeChoice(choice),
    region,
    weight,
    nonce,
    proof,
    authority: decodeAuthority(authority),
    serial: serial ?? null,
    note: note === undefined ? null : { name: note[0], statement: note[1] },
  }));
}

function decodeAuthority(code: number): Authority {
  const authority = authorities[code];
  invariant(authority !== undefined, `no authority has the code ${code}`);
  return authority;
}

/** What a shard answers, as text. */
export function encodeOutcomes(outcomes: readonly CastOutcome[]): string {
  const codes = outcomes.map((outcome): OutcomeCode => {
    if (outcome.kind === "refused") return [outcome.code];
    const { ballotHash, r, u, c } = outcome.receipt;
    return [outcome.kind, ballotHash + r + u + c];
  });
  return prefixVersion(outcomesForm, JSON.stringify(codes));
}

/**
 * Reads what a shard of this decision answers.
 * @param text what `encodeOutcomes` made, here or in another release
 * @throws {UnknownVersion} where that release is newer
 */
export function decodeOutcomes(text: string, decisionId: string): CastOutcome[] {
  const codes = JSON.parse(stripVersion(outcomesForm, text)) as OutcomeCode[];
  return codes.map((code): CastOutcome => {
    if (code.length === 1) return { kind: "refused", code: code[0] };
    const [kind, values] = code;
    const valueAt = (index: number) => values.slice(index * digits, (index + 1) * digits);
    const [ballotHash, r, u, c] = [valueAt(0), valueAt(1), valueAt(2), valueAt(3)];
    return { kind, receipt: { decisionId, ballotHash, r, u, c } };
  });
}
