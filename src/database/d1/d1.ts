import { drizzle } from "drizzle-orm/d1";
import type { Database } from "../database.ts";
import { tellOutages } from "../tell-outages.ts";
import { d1Ballots } from "./ballots.ts";
import { d1DeadLetters } from "./dead-letters.ts";
import { d1Health } from "./health.ts";
import { isD1Outage } from "./outage.ts";
import { d1Projected } from "./projected.ts";
import { d1Projection } from "./projection.ts";
import { d1Reads } from "./reads.ts";

/** The whole database port on one D1 binding. */
export function d1Database(db: D1Database): Database {
  const orm = drizzle(db);
  return tellOutages(
    {
      ...d1Ballots(db),
      ...d1Projection(db),
      ...d1Projected(db),
      ...d1Reads(orm),
      ...d1DeadLetters(db, orm),
      ...d1Health(db),
    },
    isD1Outage,
  );
}
