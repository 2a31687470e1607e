import { describe, expect, it } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { holdsForBallots } from "./ballot-contract.ts";
import { holdsForDeadLetters } from "./dead-letter-contract.ts";
import { holdsForDecisions } from "./decision-contract.ts";
import { holdsForForgetting } from "./forgetting-contract.ts";

/** What every database promises (`Database`), whatever keeps it. */
export function holdsTheDatabaseContract(name: string, connect: () => Promise<Database>): void {
  describe(`the database on ${name}`, () => {
    holdsForBallots(connect);
    holdsForDecisions(connect);
    holdsForDeadLetters(connect);
    holdsForForgetting(connect);

    it("says that all is well", async () => {
      expect((await (await connect()).health()).problems).toEqual([]);
    });
  });
}
