import type { ApiKeyRecord } from "../auth/api-key.ts";
import type { Decision, DecisionDraft } from "../decision/decision.ts";
import type { ActNote } from "./audit-entry.ts";

// What is written down of each act: the facts that an auditor looks for, and what the digest is of.

export function decisionCreated({ draft, owner }: Decision): ActNote {
  return { act: "decision.created", facts: { owner }, change: draft };
}

export function decisionAmended(changes: Partial<DecisionDraft>): ActNote {
  const members = Object.keys(changes).toSorted().join(" ");
  return { act: "decision.amended", facts: { members }, change: changes };
}

export function decisionOpened({ manifest, manifestHash }: Decision): ActNote {
  return {
    act: "decision.opened",
    facts: { manifest_hash: manifestHash },
    change: manifest,
  };
}

export function decisionClosed({ manifestHash }: Decision): ActNote {
  return { act: "decision.closed", facts: {}, change: { manifestHash } };
}

export function decisionCancelled({ manifestHash }: Decision): ActNote {
  return { act: "decision.cancelled", facts: {}, change: { manifestHash } };
}

export function decisionRebuilt(): ActNote {
  return { act: "decision.rebuilt", facts: {}, change: {} };
}

export function rollImported({ roll }: Decision): ActNote {
  const facts = roll === null ? {} : { import: roll.import, hash: roll.hash, voters: roll.voters };
  return { act: "roll.imported", facts, change: roll };
}

/** How many, and until when they are good; never for whom. */
export function tokensIssued(issue: { voters: number; expiresAt: number }): ActNote {
  const facts = { voters: issue.voters, expires_at: new Date(issue.expiresAt).toISOString() };
  return { act: "tokens.issued", facts, change: issue };
}

export function keyIssued({ id, role, label, decisionId, owner }: ApiKeyRecord): ActNote {
  const facts = { key_id: id, role, decision_id: decisionId, owner };
  return { act: "key.issued", facts, change: { id, role, label, decisionId, owner } };
}

export function keyRevoked(keyId: string): ActNote {
  return { act: "key.revoked", facts: { key_id: keyId }, change: { keyId } };
}
