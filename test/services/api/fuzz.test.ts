import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../../scripts/local-platform/boot.ts";
import { createClient } from "../../../src/client/client.ts";
import { fuzz, requireSchemathesis } from "../../support/services/schemathesis.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-fuzz-"));
const examples = Number(process.env["FUZZ_EXAMPLES"] ?? 5);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);
/** The least that a run sends, so that none passes that has asked nothing. */
const requestsMin = 1_000;

const lines: string[] = [];
let platform: LocalPlatform;

beforeAll(async () => {
  requireSchemathesis();
  const log = (line: string): void => void lines.push(line);
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0, log });
});

afterAll(async () => {
  await platform?.stop();
  rmSync(folder, { recursive: true });
});

const clientWith = (credential: string) => createClient({ origin: platform.origin, credential });

async function organiserKey(owner: string): Promise<string> {
  const body = { role: "organiser", label: owner, owner } as const;
  return (await clientWith(platform.adminKey).call("POST /api/v1/api-keys", { body })).key;
}

/** An open decision of a roll call with a ballot, and a token of one who has not voted. */
async function openDecision(name: string, key: string) {
  const client = clientWith(key);
  const { id } = await client.call("POST /api/v1/decisions", {
    body: {
      slug: `fuzzed-by-${name}`,
      title: `Fuzzed by ${name}`,
      disclosure: "roll_call",
      ends_early: "by_organiser",
      regions: [{ code: "north" }],
      open: true,
    },
  });
  const path = { decisionId: id };
  const tokens = await client.call("POST /api/v1/decisions/{decisionId}/tokens", {
    path,
    body: { voters: [{ voter_id: "ana", region: "north" }] },
  });
  await clientWith(platform.adminKey).call("POST /api/v1/decisions/{decisionId}/votes/batch", {
    path,
    body: { votes: [{ voter_id: "ben", vote: "yes", region: "north" }] },
  });
  return { id, token: tokens.tokens[0]?.token ?? "" };
}

describe("whatever is sent, the API answers what its document says", () => {
  it.each(["admin", "organiser", "voter", "nobody"])("to %s", async (who) => {
    const key = await organiserKey(`owner-of-${who}`);
    const { id, token } = await openDecision(who, key);
    const credentials: Record<string, string | null> = {
      admin: platform.adminKey,
      organiser: key,
      voter: token,
      nobody: null,
    };
    const { origin } = platform;
    const credential = credentials[who] ?? null;
    const report = await fuzz({ origin, credential, decisionId: id, examples, seed, folder });
    console.log(`${who}: ${report.requests} requests`);
    expect(report.status, report.said).toBe(0);
    expect(report.requests).toBeGreaterThan(requestsMin);
    expect(lines.filter((line) => line.includes("http.failed"))).toEqual([]);
  });
});
