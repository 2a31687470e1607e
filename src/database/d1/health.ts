import { limits } from "../../shared/limits.ts";
import type { DatabaseHealth, DatabaseReads } from "../database.ts";
import { isDeadLetterOpen } from "./open-dead-letter.ts";
import { d1ProblemOf } from "./outage.ts";
import { sizeWarnings } from "./size-warnings.ts";

/**
 * A row of each table, so that one that is missing is noticed. ?1: how many dead letters are looked
 * at, so that a look stays cheap however many there are.
 */
const lookAtAll = `
  SELECT
    (SELECT count(*) FROM (SELECT * FROM dead_letters LIMIT ?1) AS dead_letters WHERE ${isDeadLetterOpen}) AS deadLetters,
    (SELECT decision_id FROM votes LIMIT 1) AS vote,
    (SELECT decision_id FROM shard_progress LIMIT 1) AS progress,
    (SELECT decision_id FROM regional_results LIMIT 1) AS result,
    (SELECT decision_id FROM listed_results LIMIT 1) AS listed,
    (SELECT id FROM decisions LIMIT 1) AS decision`;

/** How D1 does; each of its answers tells how large the database is by then. */
export function d1Health(db: D1Database): Pick<DatabaseReads, "health"> {
  return {
    async health(): Promise<DatabaseHealth> {
      try {
        const { results, meta } = await db
          .prepare(lookAtAll)
          .bind(limits.healthDeadLettersMax)
          .all<{ deadLetters: number }>();
        const deadLetters = results[0]?.deadLetters ?? null;
        const bytes = meta.size_after;
        const size = { bytes, bytesMax: limits.d1BytesMax };
        const warnings = sizeWarnings(bytes);
        return { kind: "d1", problems: [], warnings, replicaWarnings: [], size, deadLetters };
      } catch (error) {
        const problems = [d1ProblemOf(error)];
        const none = { warnings: [], replicaWarnings: [], size: null, deadLetters: null };
        return { kind: "d1", problems, ...none };
      }
    },
  };
}
