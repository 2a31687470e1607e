import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { createClient, type Client } from "../../src/client/client.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-receipts-"));
let platform: LocalPlatform;
let admin: Client;

beforeAll(async () => {
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0 });
  admin = createClient({ origin: platform.origin, credential: platform.adminKey });
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

/** The command of docs/receipts.md, as it stands there. */
function documentedCheck(): string {
  const text = readFileSync(new URL("../../docs/receipts.md", import.meta.url), "utf8");
  const command = /```sh\n(.*)\n```/.exec(text)?.[1];
  if (command === undefined) throw new Error("docs/receipts.md has no command");
  return command;
}

/** What a shell makes of it with these variables. */
function hashByShell(variables: Record<string, string>): string {
  const said = execFileSync("sh", ["-c", documentedCheck()], {
    env: { PATH: process.env["PATH"] ?? "", ...variables },
    encoding: "utf8",
  });
  return said.split(" ")[0] ?? "";
}

describe("the command of docs/receipts.md", () => {
  it.each([
    ["live", ["north", "Île d'Orléans"]],
    ["sealed", []],
  ] as const)(
    "makes the hashes of the receipts from the public list of a %s decision",
    async (visibility, regions) => {
      const id = `receipts-${visibility}`;
      const path = { decisionId: id };
      const draft = {
        id,
        title: "Check it yourself",
        visibility,
        disclosure: "roll_call" as const,
        ends_early: "by_organiser" as const,
        weight_max: 9,
        regions: regions.map((code) => ({ code })),
        open: true,
      };
      await admin.call("POST /api/v1/decisions", { body: draft });
      const votes = [
        { voter_id: "ana", vote: "yes" as const, weight: 7, region: regions[0] },
        { voter_id: "ben", vote: "abstain" as const, region: regions[1] },
      ].map(({ region, ...vote }) => (region === undefined ? vote : { ...vote, region }));
      const batch = await admin.call("POST /api/v1/decisions/{decisionId}/votes/batch", {
        path,
        body: { votes },
      });
      await admin.call("POST /api/v1/decisions/{decisionId}/close", { path });
      // Asked again until the database has them all.
      const list = await admin.call("GET /api/v1/decisions/{decisionId}/votes", { path });
      const ballots = list.items;
      const made = ballots.map(({ shard, seq, pid, choice, region, weight, accepted_at }) =>
        hashByShell({
          decision_id: id,
          shard: String(shard),
          seq: visibility === "sealed" ? "null" : String(seq),
          pid,
          choice,
          region,
          weight: String(weight),
          accepted_at,
        }),
      );
      const receipts = batch.results.map((result) => result.receipt?.ballot_hash);
      expect(receipts).toHaveLength(2);
      expect(made).toEqual(receipts);
      expect(ballots.map(({ ballot_hash }) => ballot_hash)).toEqual(receipts);
    },
  );
});
