import { describe, expect, it } from "vitest";
import { compareAccount, sayObstacles } from "../../../../scripts/deploy/compare-account.ts";
import type { FoundAccount } from "../../../../scripts/deploy/read-account.ts";
import type { DeployTarget } from "../../../../scripts/deploy/target.ts";

const target: DeployTarget = {
  environment: "",
  worker: "votes",
  databases: [
    { binding: "DB", name: "votes-db" },
    { binding: "SEARCH_DB", name: "votes-search" },
  ],
  queues: ["votes-log", "votes-dlq"],
  hyperdrive: null,
  needsHyperdrive: false,
  jurisdiction: null,
  secrets: ["ADMIN_API_KEY", "REDIS_REST_TOKEN"],
};

function account(given: Partial<FoundAccount> & { at?: string | null } = {}): FoundAccount {
  const { at = null, ...more } = given;
  const there = { jurisdiction: at };
  return {
    databases: new Map([
      ["votes-db", there],
      ["votes-search", there],
    ]),
    queues: new Map([
      ["votes-log", there],
      ["votes-dlq", there],
    ]),
    hasHyperdrive: false,
    secrets: ["ADMIN_API_KEY", "REDIS_REST_TOKEN"],
    deployedJurisdiction: null,
    ...more,
  };
}

const empty = account({ databases: new Map(), queues: new Map(), secrets: null });

function said(found: FoundAccount, wanted: Partial<DeployTarget> = {}, isCreating = false) {
  const comparison = compareAccount({ ...target, ...wanted }, found, []);
  return sayObstacles(comparison, { isCreating, makesSecrets: isCreating });
}

describe("what stands between an account and a deploy", () => {
  it("is nothing where everything is there, wherever it was made", () => {
    expect(said(account())).toBeNull();
    expect(said(account({ at: "eu", deployedJurisdiction: "none" }))).toBeNull();
  });

  it("is a Hyperdrive that is not bound or not there, which nobody but a person makes", () => {
    const bound = { needsHyperdrive: true, hyperdrive: "a1b2" };
    expect(said(account({ hasHyperdrive: true }), bound)).toBeNull();
    for (const isCreating of [false, true]) {
      expect(said(account(), bound, isCreating)).toContain(
        "Hyperdrive a1b2 of wrangler.toml is not",
      );
      expect(said(account(), { needsHyperdrive: true }, isCreating)).toContain(
        "binds no HYPERDRIVE",
      );
    }
  });

  it("is all that is missing, each with its command", () => {
    const lines = said(empty) ?? "";
    expect(lines).toContain("npx wrangler d1 create votes-db\n");
    expect(lines).toContain("npx wrangler d1 create votes-search\n");
    expect(lines).toContain("npx wrangler queues create votes-log\n");
    expect(lines).toContain("npx wrangler queues create votes-dlq\n");
    expect(lines).toContain("ADMIN_API_KEY, REDIS_REST_TOKEN");
  });

  it("is, where it is created, only the secret that others issue", () => {
    expect(said(empty, {}, true)).toBe(
      "Nothing was changed:\n  missing secrets, for a file that --secrets-file names: REDIS_REST_TOKEN",
    );
    expect(said(empty, { secrets: ["ADMIN_API_KEY"] }, true)).toBeNull();
  });

  it("is no secret that the given file has", () => {
    const found = account({ secrets: null });
    const { missingSecrets } = compareAccount(target, found, ["ADMIN_API_KEY"]);
    expect(missingSecrets).toEqual(["REDIS_REST_TOKEN"]);
  });

  it("is a place of its own for everything, created in the jurisdiction that is chosen", () => {
    const { missing } = compareAccount({ ...target, jurisdiction: "eu" }, empty, []);
    expect(missing.map(({ command }) => command)).toEqual([
      ["d1", "create", "votes-db", "--jurisdiction=eu"],
      ["d1", "create", "votes-search", "--jurisdiction=eu"],
      ["queues", "create", "votes-log", "--jurisdiction=eu"],
      ["queues", "create", "votes-dlq", "--jurisdiction=eu"],
    ]);
  });

  it.each([null, "us"])("is what was made elsewhere (%s), which no creating puts right", (at) => {
    const inTheEu = { jurisdiction: "eu" };
    const lines = said(account({ at }), inTheEu, true)?.split("\n") ?? [];
    expect(
      lines.filter((line) => line.includes(`is in ${at ?? "no jurisdiction"}, not in eu`)),
    ).toHaveLength(4);
    expect(said(account({ at: "eu", deployedJurisdiction: "eu" }), inTheEu)).toBeNull();
  });

  it.each([
    ["none", "eu"],
    ["eu", null],
    ["us", "eu"],
  ])("is a release that is deployed in %s and would go to %s", (deployed, jurisdiction) => {
    const at = jurisdiction;
    const found = account({ at, deployedJurisdiction: deployed });
    expect(said(found, { jurisdiction }, true)).toContain(
      `votes is deployed with JURISDICTION = "${deployed}" and would go to "${jurisdiction ?? "none"}"`,
    );
  });
});
