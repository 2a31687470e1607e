import { env } from "cloudflare:workers";
import { d1Database } from "../../../src/database/d1/d1.ts";
import { limitedDatabase } from "../../../src/platform/platform-limits/limited-database.ts";
import { holdsTheDatabaseContract } from "../../support/database/database-contract.ts";

holdsTheDatabaseContract("D1", async () => d1Database(limitedDatabase(env.DB, env)));
