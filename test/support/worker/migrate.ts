import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    migrations: D1Migration[];
    searchMigrations: D1Migration[];
    /** Whether rows a vote are printed, as `npm run bench:rows` asks for. */
    printRows: boolean;
    /** Whether votes are swapped in decisions of every kind, as `npm run test:secrecy` asks for. */
    holdAllKinds: boolean;
  }
}

await applyD1Migrations(env.DB, inject("migrations"));
await applyD1Migrations(env.SEARCH_DB, inject("searchMigrations"));
