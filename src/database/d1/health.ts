import { limits } from "../../shared/limits.ts";
import type { DatabaseHealth, DatabaseReads } from "../database.ts";
import { isDeadLetterOpen } from "./open-dead-letter.ts";
import { sizeWarnings } from "./size-warnings.ts";

/** ?1: how many dead letters are looked at, so that a look stays cheap however many there are. */
const countDeadLetters = `
  SELECT count(*) AS deadLetters FROM (SELECT * FROM dead_letters LIMIT ?1) AS dead_letters WHERE ${isDeadLetterOpen}`;

/** How D1 does; each of its answers tells how large the database is by then. */
export function d1Health(db: D1Database): Pick<DatabaseReads, "health"> {
  return {
    async health(): Promise<DatabaseHealth> {
      try {
        const { results, meta } = await db
          .prepare(countDeadLetters)
          .bind(limits.healthDeadLettersMax)
          .all<{ deadLetters: number }>();
        const deadLetters = results[0]?.deadLetters ?? null;
        return { kind: "d1", problems: [], warnings: sizeWarnings(meta.size_after), deadLetters };
      } catch {
        const problems = ["the database does not answer, or its migrations are not applied"];
        return { kind: "d1", problems, warnings: [], deadLetters: null };
      }
    },
  };
}
