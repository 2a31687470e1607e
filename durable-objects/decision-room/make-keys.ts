import type { DecisionKeys, VoterKey } from "../../src/decision/decision-keys.ts";
import { toHex } from "../../src/shared/hex.ts";

/** The keys of a new decision. */
export function makeDecisionKeys(): DecisionKeys {
  return { ...makeVoterKey(0), openingKey: toHex(randomKey()) };
}

/** The key of pids of a later generation. */
export function makeVoterKey(generation: number): VoterKey {
  return { decisionKey: randomKey(), generation };
}

function randomKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32));
}
