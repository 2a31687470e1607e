import { describe, expect, it } from "vitest";
import { refusingDatabase } from "../../../src/database/refusing.ts";
import { chooseDatabase } from "../../../src/database/settings.ts";

const HYPERDRIVE = { connectionString: "postgres://worker:secret@db/voting" };

describe("the choice of a database", () => {
  it("is D1 where nothing or D1 is chosen, whatever else is bound", () => {
    expect(chooseDatabase({})).toEqual({ kind: "d1" });
    expect(chooseDatabase({ DATABASE: "d1", HYPERDRIVE })).toEqual({ kind: "d1" });
  });

  it("is Postgres by its name, where Hyperdrive is bound", () => {
    const { connectionString } = HYPERDRIVE;
    const choice = chooseDatabase({ DATABASE: "postgres", HYPERDRIVE });
    expect(choice).toEqual({
      kind: "postgres",
      connectionString,
      replicaConnectionString: null,
    });
  });

  it("has replicas where a second Hyperdrive is bound", () => {
    const replica = "postgres://worker:secret@standby/voting";
    const HYPERDRIVE_REPLICA = { connectionString: replica };
    const env = { DATABASE: "postgres", HYPERDRIVE, HYPERDRIVE_REPLICA };
    expect(chooseDatabase(env)).toMatchObject({ replicaConnectionString: replica });
  });

  it.each([
    ["another word", { DATABASE: "mysql", HYPERDRIVE }, "DATABASE"],
    ["no word", { DATABASE: "", HYPERDRIVE }, "DATABASE"],
    ["no binding", { DATABASE: "postgres" }, "HYPERDRIVE"],
    [
      "a binding of another kind",
      { DATABASE: "postgres", HYPERDRIVE: "postgres://" },
      "HYPERDRIVE",
    ],
    ["an empty binding", { DATABASE: "postgres", HYPERDRIVE: {} }, "HYPERDRIVE"],
  ])("is a mistake with %s, which names what to look at and no secret", (_, env, name) => {
    const choice = chooseDatabase(env);
    expect(choice).toMatchObject({ kind: "misconfigured" });
    expect(JSON.stringify(choice)).toContain(name);
    expect(JSON.stringify(choice)).not.toContain("secret");
  });
});

describe("the database of a mistaken choice", () => {
  it("takes nothing for poison, shows nothing as empty, and says what is wrong", async () => {
    const database = refusingDatabase("DATABASE is neither");
    // Every member of the port is a call, and this one asks for no arguments.
    const calls = Object.entries(database) as [string, () => Promise<unknown>][];
    for (const [name, call] of calls) {
      if (name !== "health") await expect(call()).rejects.toThrow("DATABASE is neither");
    }
    expect(await database.health()).toEqual({
      kind: "misconfigured",
      warnings: [],
      replicaWarnings: [],
      size: null,
      deadLetters: null,
      problems: ["DATABASE is neither"],
    });
  });
});
