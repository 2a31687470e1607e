import type { ShownAuditEntry } from "../../../audit-log/audit-log-check.ts";
import type { TableRow } from "../../exports/csv-text.ts";

/** Which entries are wanted: of an action, or of all (""), in which a text stands. */
export type WantedEntries = { action: string; text: string };

/** The entries that are wanted, newest first. */
export function filterEntries(
  entries: readonly ShownAuditEntry[],
  { action, text }: WantedEntries,
): ShownAuditEntry[] {
  const words = text.trim().toLowerCase();
  return entries
    .filter((entry) => action === "" || entry.action === action)
    .filter((entry) => words === "" || searchedText(entry).includes(words))
    .toReversed();
}

/** The actions that stand in a log, each once. */
export function actionsIn(entries: readonly ShownAuditEntry[]): string[] {
  return [...new Set<string>(entries.map(({ action }) => action))].toSorted();
}

/** Facts as `name value`, in the order that the API has them. */
export function factPairs({ facts }: Pick<ShownAuditEntry, "facts">): [string, string][] {
  return Object.entries(facts).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, String(value)]],
  );
}

/** A log as a table for a spreadsheet, with all that its hashes are made of. */
export function auditTable(entries: readonly ShownAuditEntry[]): TableRow[] {
  return [
    ["seq", "at", "role", "key_id", "owner", "session", "action", "facts", "digest", "hash"],
    ...entries.map(({ seq, at, actor, action, facts, digest, hash }): TableRow => {
      const { role, key_id: keyId, owner, session } = actor;
      return [seq, at, role, keyId, owner, session, action, JSON.stringify(facts), digest, hash];
    }),
  ];
}

function searchedText(entry: ShownAuditEntry): string {
  const facts = factPairs(entry).flat();
  const { actor, action, at } = entry;
  return [action, at, actor.key_id, actor.owner ?? "", ...facts].join(" ").toLowerCase();
}
