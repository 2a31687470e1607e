/** Whether an index holds decisions, or the ballots of a quarter (`2026q4`). */
export type IndexPurpose = { kind: "decisions" } | { kind: "ballots"; quarter: string };

/** What an index's name says. A rebuild makes indexes of the next generation. */
export interface IndexIdentity {
  purpose: IndexPurpose;
  generation: number;
}

/** Names at an engine that other deployments share; each begins with the deployment's. */
export interface IndexNames {
  /** Aliases of what is searched, and of what a rebuild makes meanwhile. */
  served: Aliases;
  building: Aliases;
  /** What the adapter keeps for itself. */
  state: string;
  /** Matches every index of decisions and ballots, and perhaps some of other deployments. */
  pattern: string;
  indexOf(identity: IndexIdentity): string;
  /** Null of an index that is none of this deployment's. */
  identityOf(index: string): IndexIdentity | null;
}

export interface Aliases {
  decisions: string;
  ballots: string;
}

export function indexNames(prefix: string): IndexNames {
  const aliases = (ending: string): Aliases => ({
    decisions: `${prefix}-decisions${ending}`,
    ballots: `${prefix}-ballots${ending}`,
  });
  return {
    served: aliases(""),
    building: aliases("-next"),
    state: `${prefix}-search-state`,
    pattern: `${prefix}-decisions-g*,${prefix}-ballots-*`,

    indexOf: ({ purpose, generation }) =>
      `${prefix}-${purpose.kind}${purpose.kind === "ballots" ? `-${purpose.quarter}` : ""}-g${generation}`,

    identityOf(index) {
      if (!index.startsWith(`${prefix}-`)) return null;
      const parts = /^(?:decisions|ballots-(\d{4}q[1-4]))-g(\d{1,9})$/.exec(
        index.slice(prefix.length + 1),
      );
      if (parts === null) return null;
      const [, quarter, generation] = parts;
      const purpose: IndexPurpose =
        quarter === undefined ? { kind: "decisions" } : { kind: "ballots", quarter };
      return { purpose, generation: Number(generation) };
    },
  };
}

/**
 * What an index is written by: a write to an alias that is gone is refused, where one to an index that
 * is gone would make it anew, with whatever mapping.
 */
export function writeAliasOf(index: string): string {
  return `${index}-write`;
}

/** The quarter of a moment (ms), in UTC. */
export function quarterOf(at: number): string {
  const date = new Date(at);
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  return `${year}q${Math.floor(date.getUTCMonth() / 3) + 1}`;
}
