import { ballotChoices, type BallotChoice } from "../ballot/ballot.ts";

/** The part of a receipt that may be shown to anybody: it tells neither voter nor choice. */
export interface ShownReceipt {
  decisionId: string;
  ballotHash: string;
  keyId: string;
  signature: string;
}

/** The part that is its voter's alone: who sees it knows the choice, and can change it. */
export interface PrivateReceipt {
  choice: BallotChoice;
  nonce: string;
  r: string;
  u: string;
  c: string;
}

/** A receipt as it was read; what a part lacks is null. */
export interface ReadReceipt extends ShownReceipt {
  /** As the receipt itself says it: never believed, only compared. */
  publicKey: string | null;
  own: PrivateReceipt | null;
}

/** Members of a receipt in the fragment of its link, short enough for a QR code. */
const linkNames = {
  decisionId: "d",
  ballotHash: "h",
  keyId: "k",
  signature: "s",
  choice: "v",
  nonce: "n",
  r: "r",
  u: "u",
  c: "c",
} as const;

/**
 * The fragment of a link to the page that checks a receipt, as a QR code carries it. A fragment is
 * sent to no server. Without `own` it tells neither voter nor choice.
 */
export function receiptFragment(shown: ShownReceipt, own: PrivateReceipt | null = null): string {
  const { decisionId, ballotHash, keyId, signature } = shown;
  const members = { decisionId, ballotHash, keyId, signature, ...own };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    // The members above have no other names.
    parameters.set(linkNames[name as keyof typeof linkNames], value);
  }
  return `#${parameters.toString()}`;
}

/**
 * Reads a receipt from its file, from what a QR code says, or from JSON: the API's answer, or that
 * with choice and nonce beside it. Null where it is none.
 */
export function readReceipt(given: string): ReadReceipt | null {
  const text = given.trim();
  if (text.startsWith("{")) return fromJson(text);
  if (/^Ballot hash:/m.test(text)) return receiptOf(fileMembers(text));
  const fragment = text.slice(text.indexOf("#") + 1);
  const parameters = new URLSearchParams(fragment);
  return receiptOf((name) => parameters.get(linkNames[name as keyof typeof linkNames] ?? ""));
}

/** The proof in what a voter pasted: the 64 digits alone, or the whole receipt; else null. */
export function findProof(pasted: string): string | null {
  const text = pasted.trim();
  return digitsOf(text) ?? readReceipt(text)?.own?.r ?? null;
}

type MemberOf = (name: string) => string | null;

const fileNames: Record<string, string> = {
  decisionId: "Decision",
  ballotHash: "Ballot hash",
  keyId: "Signed with key",
  publicKey: "Public key",
  signature: "Signature",
  choice: "Choice",
  nonce: "Nonce",
  r: "Your proof (r)",
  u: "u",
  c: "c",
};

function fileMembers(text: string): MemberOf {
  const lines = [...text.matchAll(/^([^:\n]+): *(.+)$/gm)];
  const members = new Map(lines.map(([, name = "", value = ""]) => [name, value.trim()]));
  return (name) => members.get(fileNames[name] ?? "") ?? null;
}

const jsonNames: Record<string, string> = {
  decisionId: "decision_id",
  ballotHash: "ballot_hash",
  keyId: "key_id",
  publicKey: "publicKey",
};

/** A receipt of the API, or what keeps one in `receipt` with choice and nonce. */
function fromJson(text: string): ReadReceipt | null {
  let outer: Record<string, unknown>;
  try {
    // The text begins with a brace.
    outer = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
  const inner = outer["receipt"];
  const isKept = typeof inner === "object" && inner !== null;
  const members = isKept ? { ...outer, ...(inner as Record<string, unknown>) } : outer;
  return receiptOf((name) => {
    const value = members[jsonNames[name] ?? name];
    return typeof value === "string" ? value : null;
  });
}

function receiptOf(member: MemberOf): ReadReceipt | null {
  const decisionId = member("decisionId");
  const ballotHash = digitsOf(member("ballotHash"));
  const [keyId, signature] = [member("keyId"), member("signature")];
  if (decisionId === null || ballotHash === null || keyId === null || signature === null)
    return null;
  const publicKey = member("publicKey");
  return { decisionId, ballotHash, keyId, signature, publicKey, own: ownOf(member) };
}

function ownOf(member: MemberOf): PrivateReceipt | null {
  const choice = ballotChoices.find((one) => one === member("choice"));
  const [nonce, r] = [digitsOf(member("nonce")), digitsOf(member("r"))];
  const [u, c] = [digitsOf(member("u")), digitsOf(member("c"))];
  if (choice === undefined || nonce === null || r === null || u === null || c === null) return null;
  return { choice, nonce, r, u, c };
}

/** 32 bytes in lower-case hexadecimal digits. */
function digitsOf(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{64}$/.test(text) ? text : null;
}
