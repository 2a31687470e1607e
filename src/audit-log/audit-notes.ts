import type { ApiKeyRecord } from "../auth/api-key.ts";
import type { Decision, DecisionDraft, Manifest } from "../decision/decision.ts";
import { closesAtOf } from "../decision/lifecycle.ts";
import { findSmallGroups } from "../decision/placement.ts";
import { noRefusedRows, sayRefusalReasons, sayRefusedLines } from "../decision/refused-rows.ts";
import { findSmallRollCells } from "../decision/small-roll-cells.ts";
import type { AuditNote } from "./audit-entry.ts";

// What is written down of each action: the facts that an auditor looks for, and what the digest is
// of. From a decision's opening on everybody reads both: nothing in them may name a voter, and no
// digest may be of what names one.

export function decisionCreated({ draft, owner }: Decision): AuditNote {
  return { action: "decision.created", facts: { owner }, change: draft };
}

export function decisionAmended(changes: Partial<DecisionDraft>): AuditNote {
  const members = Object.keys(changes).toSorted().join(" ");
  return { action: "decision.amended", facts: { members }, change: changes };
}

/**
 * Where few on the roll share region and weight, a group of its regions has few voters, or rows of
 * its file were refused, that it was opened all the same.
 */
export function decisionOpened(decision: Decision): AuditNote {
  const { manifest, manifestHash: manifest_hash, roll } = decision;
  const areSmallCellsAcknowledged = findSmallRollCells(decision).length > 0;
  const areSmallGroupsAcknowledged = findSmallGroups(decision).length > 0;
  const refused = manifest?.roll === null ? undefined : roll?.refused;
  const facts = {
    manifest_hash,
    ...(areSmallCellsAcknowledged ? { small_cells: "acknowledged" } : {}),
    ...(areSmallGroupsAcknowledged ? { small_groups: "acknowledged" } : {}),
    ...(refused === undefined ? {} : { refused_rows: refused.rows }),
  };
  return { action: "decision.opened", facts, change: manifest };
}

/** When it would have closed by itself, too: null where nothing but this would have ended it. */
export function decisionClosed(decision: Decision): AuditNote {
  const { manifestHash } = decision;
  const closesAt = closesAtOf(decision);
  const facts = { closes_at: closesAt === null ? null : new Date(closesAt).toISOString() };
  return { action: "decision.closed", facts, change: { manifestHash } };
}

export function decisionCancelled({ manifestHash }: Decision): AuditNote {
  return { action: "decision.cancelled", facts: {}, change: { manifestHash } };
}

export function decisionDeleted(): AuditNote {
  return { action: "decision.deleted", facts: {}, change: {} };
}

export function decisionRebuilt(): AuditNote {
  return { action: "decision.rebuilt", facts: {}, change: {} };
}

/** What its manifest asked for is beginning: keys are gone with this entry. */
export function forgettingBegun({ retentionDays: days }: Manifest): AuditNote {
  return { action: "decision.forgetting_begun", facts: { days }, change: { days } };
}

export function decisionForgotten({ manifestHash }: Decision): AuditNote {
  return { action: "decision.forgotten", facts: {}, change: { manifestHash } };
}

/** With how many rows were left out and why, and the first of them by line. */
export function rollImported({ roll }: Decision): AuditNote {
  if (roll === null) return { action: "roll.imported", facts: {}, change: roll };
  const { import: number, hash, voters, refused = noRefusedRows } = roll;
  const facts = {
    import: number,
    hash,
    voters,
    refused: refused.rows,
    refused_reasons: sayRefusalReasons(refused),
    refused_lines: sayRefusedLines(refused),
  };
  return { action: "roll.imported", facts, change: roll };
}

/** The SHA-256 of the map that is in force from now on; null where it was taken away. */
export function mapDrawn({ map }: Decision): AuditNote {
  return { action: "map.drawn", facts: { map_hash: map?.hash ?? null }, change: map };
}

/** Of how many voters somebody was told whether they have voted; never of whom. */
export function rollMarked(voters: number): AuditNote {
  return { action: "roll.marked", facts: { voters }, change: { voters } };
}

/** How many, and until when they are good; never for whom. */
export function tokensIssued(issue: { voters: number; expiresAt: number }): AuditNote {
  const facts = { voters: issue.voters, expires_at: new Date(issue.expiresAt).toISOString() };
  return { action: "tokens.issued", facts, change: issue };
}

/** How many voters' tokens; never whose. */
export function tokensRevoked(voters: number): AuditNote {
  return { action: "tokens.revoked", facts: { voters }, change: { voters } };
}

/** That its organiser issued or revoked a station's key for this decision, and which; public. */
export function stationKeyNoted({ act, keyId }: StationKeyChange): AuditNote {
  const action = act === "issue" ? "station_key.issued" : "station_key.revoked";
  return { action, facts: { key_id: keyId }, change: { keyId } };
}

/** What becomes of a station's key, by its id. */
export interface StationKeyChange {
  act: "issue" | "revoke";
  keyId: string;
}

export function keyIssued({ id, role, label, decisionId, owner }: ApiKeyRecord): AuditNote {
  const facts = { key_id: id, role, decision_id: decisionId, owner };
  return { action: "key.issued", facts, change: { id, role, label, decisionId, owner } };
}

export function keyRevoked(keyId: string): AuditNote {
  return { action: "key.revoked", facts: { key_id: keyId }, change: { keyId } };
}

/** That somebody began to copy the whole record, encrypted to the deployment's recipient. */
export function recordBackedUp(backup: string): AuditNote {
  return { action: "record.backed_up", facts: { backup }, change: { backup } };
}

/** That what no decision owns was restored from a backup. */
export function recordRestored(backup: string): AuditNote {
  return { action: "record.restored", facts: { backup }, change: { backup } };
}

/** That the decision is what a backup had of it; public. */
export function decisionRestored(backup: string): AuditNote {
  return { action: "decision.restored", facts: { backup }, change: { backup } };
}

/** Which shard is taken back, and to when: what it accepted since is lost. Public. */
export function shardRecovered({ decisionId, shard, to }: RecoveredShard): AuditNote {
  const facts = { decision_id: decisionId, shard, to: new Date(to).toISOString() };
  return { action: "shard.recovered", facts, change: facts };
}

/** A shard and a time in ms. */
export interface RecoveredShard {
  decisionId: string;
  shard: number;
  to: number;
}

/** Which one, and the digest of what it held. */
export function deadLetterDismissed({ id, body, cause }: DismissedDeadLetter): AuditNote {
  return { action: "dead_letter.dismissed", facts: { id }, change: { id, body, cause } };
}

/** What is recorded of a dead letter that nobody will write again. */
export interface DismissedDeadLetter {
  id: string;
  body: string;
  cause: string;
}
