import { canonicalJson } from "../shared/canonical-json.ts";
import type { Check } from "./check.ts";
import type { SignedOutcome } from "./documents.ts";
import type { FindingList } from "./finding.ts";
import {
  outcomePayload,
  verifySignature,
  type PublishedKey,
  type SignatureState,
} from "./signature.ts";

interface SignatureCheckInput {
  outcome: SignedOutcome;
  /** Those that are published beside it. */
  keys: readonly PublishedKey[];
  /** Public keys (base64url) that the reader has from elsewhere. */
  trustedKeys: readonly string[];
  findings: FindingList;
}

/** Who has signed an outcome, as far as it can be said. */
interface CheckedSignature {
  state: SignatureState;
  /** Null where no published key has. */
  key: PublishedKey | null;
  isKeyTrusted: boolean;
  check: Check;
}

/** Verifies the outcome's signature by the published key that it names. */
export async function checkSignature(input: SignatureCheckInput): Promise<CheckedSignature> {
  const { state, key } = await verifyOutcome(input);
  const isKeyTrusted = key !== null && input.trustedKeys.includes(key.x);
  return { state, key, isKeyTrusted, check: signatureCheck(state, input.findings) };
}

async function verifyOutcome({
  outcome,
  keys,
  trustedKeys,
  findings,
}: SignatureCheckInput): Promise<{ state: SignatureState; key: PublishedKey | null }> {
  const { signature } = outcome;
  if (signature === null) {
    findings.add("outcome.unsigned", "a signature", "none");
    return { state: "invalid", key: null };
  }
  const key = keys.find(({ kid }) => kid === signature.key_id);
  if (key === undefined) {
    const known = keys.map(({ kid }) => kid).join(", ");
    findings.add("key.unknown", `one of the published keys: ${known}`, signature.key_id);
    return { state: "invalid", key: null };
  }
  if (trustedKeys.length > 0 && !trustedKeys.includes(key.x))
    findings.add("key.other", trustedKeys.join(" or "), key.x);
  const payload = outcomePayload(canonicalJson(outcome.signed));
  const state = await verifySignature(payload, signature, key);
  if (state === "invalid")
    findings.add("outcome.signature", `by ${key.kid}, ${key.x}`, "not of these members");
  return { state, key: state === "valid" ? key : null };
}

function signatureCheck(state: SignatureState, findings: FindingList): Check {
  if (state === "unsupported")
    return { check: "signature", state: "not_checked", reason: "no_ed25519" };
  const isFailed =
    state === "invalid" || findings.has("key.other", "outcome.other_decision", "keys.malformed");
  return { check: "signature", state: isFailed ? "failed" : "passed" };
}
