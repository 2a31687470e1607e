import type { DecisionProjection } from "../database.ts";
import type { PostgresSession } from "./session.ts";
import { statements } from "./statements.ts";

/** Writes what rooms project. */
export function postgresProjection(session: PostgresSession): DecisionProjection {
  return {
    async project(row, results, listed = null) {
      const { id, title, status, createdAt, audience, document, revision, owner } = row;
      const columns = [
        results.map(({ region }) => region),
        results.map(({ decisionId }) => decisionId),
        results.map(({ version }) => version),
        results.map(({ asOf }) => asOf),
        results.map(({ isFinal }) => isFinal),
        ...(["yes", "no", "abstain"] as const).flatMap((choice) => [
          results.map(({ tally }) => tally[choice].ballots),
          results.map(({ tally }) => String(tally[choice].weight)),
        ]),
      ];
      const values = [id, title, status, createdAt, audience, document, revision, ...columns];
      const listing = [listed?.version ?? null, listed?.document ?? null, owner];
      await session.run((client) => client.query(statements.project, [...values, ...listing]));
    },

    async removeDecision(decisionId) {
      await session.run((client) => client.query(statements.removeDecision, [decisionId]));
    },
  };
}
