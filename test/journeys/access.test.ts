import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootPlatform, type LocalPlatform } from "../../scripts/local-platform/boot.ts";
import { createClient, type Client } from "../../src/client/client.ts";
import { localId } from "../support/local-id.ts";
import {
  audience,
  loginSecret,
  makeKey,
  newLoginSecret,
  signLogin,
  startIssuer,
  type IssuerKey,
  type LocalIssuer,
} from "../support/issuer/local-issuer.ts";

const folder = mkdtempSync(join(tmpdir(), "enviro-access-"));
const slug = "delta-2027";
const decisionId = localId(slug);
const path = { decisionId };
let platform: LocalPlatform;
let issuer: LocalIssuer;
let issuerKey: IssuerKey;
let admin: Client;

const clientWith = (credential: string) => createClient({ origin: platform.origin, credential });

beforeAll(async () => {
  issuer = await startIssuer();
  issuerKey = await makeKey("first");
  issuer.publish(issuerKey);
  const issuers = [{ issuer: issuer.name, jwks_url: issuer.jwksUrl, audience }];
  const vars = { EXTERNAL_ISSUERS: JSON.stringify(issuers) };
  platform = await bootPlatform({ stateFolder: join(folder, "state"), port: 0, vars });
  admin = clientWith(platform.adminKey);
});

afterAll(async () => {
  await platform.stop();
  await issuer.stop();
  rmSync(folder, { recursive: true });
});

/** Runs the verification as its user does, and gives its exit status and all it said. */
function verify(key: string): Promise<{ status: number; said: string }> {
  const args = ["src/cli/enviro.ts", "verify", "--on", platform.origin, "--key", key, "--all"];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

/** Takes an entry out of a room's own file, behind everybody's back. */
function loseAnEntry(): void {
  for (const file of globSync(join(folder, "state/**/*DecisionRoom/*.sqlite"))) {
    const database = new DatabaseSync(file, { timeout: 60_000 });
    try {
      const tables = database
        .prepare("SELECT name FROM sqlite_master WHERE name = 'audit_log'")
        .all();
      if (tables.length === 0) continue;
      database.exec("DELETE FROM audit_log WHERE seq = 2");
      return;
    } finally {
      database.close();
    }
  }
  throw new Error("no room has an audit log");
}

async function exchange(voter: string, region: string): Promise<string> {
  const secret = newLoginSecret();
  const login = await signLogin(issuer, issuerKey, voter, { claims: { basin: region }, secret });
  const name = "POST /api/v1/decisions/{decisionId}/tokens/exchange";
  return (await clientWith(login).call(name, { path, body: { secret } })).token;
}

function vote(token: string, choice: "yes" | "no") {
  const body = { decision_id: decisionId, vote: choice } as const;
  return clientWith(token).call("POST /api/v1/voting/cast-vote", { body });
}

async function keyOf(role: "auditor" | "organiser", owner: string | null): Promise<string> {
  const body = { role, label: "of a journey", owner };
  return (await admin.call("POST /api/v1/api-keys", { body })).key;
}

describe("an organiser, voters who log in elsewhere and an auditor, through the deployable bundle", () => {
  let organiser: Client;
  let logins: string[];

  it("the organiser puts a decision to whoever the issuer knows", async () => {
    organiser = clientWith(await keyOf("organiser", "river-keepers"));
    const login = { issuer: issuer.name, region_claim: "basin" };
    const body = {
      slug,
      title: "Reopen the floodplain",
      regions: [{ code: "upper" }],
      disclosure: "roll_call" as const,
      ends_early: "by_organiser" as const,
      login,
    };
    const drafted = await organiser.call("POST /api/v1/decisions", { body });
    expect(drafted.login).toEqual({ ...login, voter_claim: "sub" });
    const opened = await organiser.call("POST /api/v1/decisions/{decisionId}/open", {
      path,
      body: {},
    });
    expect(opened.status).toBe("open");
  });

  it("a voter logs in, exchanges the login and votes; the same login again, in another spelling, is the same voter", async () => {
    logins = [await exchange("ana", "upper"), await exchange(" ANA", "upper")];
    const [first = "", second = ""] = logins;
    await vote(first, "yes");
    await expect(vote(second, "no")).rejects.toMatchObject({ code: "vote.already_cast" });
    await vote(await exchange("ben", "upper"), "no");
  });

  it("who logs in from a region that is none of the decision's, or with a forged login, gets no token", async () => {
    await expect(exchange("eve", "elsewhere")).rejects.toMatchObject({
      code: "vote.unknown_region",
    });
    const forged = await signLogin(issuer, await makeKey("first"), "eve");
    const name = "POST /api/v1/decisions/{decisionId}/tokens/exchange";
    const ask = { path, body: { secret: loginSecret } };
    await expect(clientWith(forged).call(name, ask)).rejects.toMatchObject({
      status: 401,
      code: "login.invalid",
    });
  });

  it("no file of the platform holds an ID token or who the voter is", async () => {
    const login = await signLogin(issuer, issuerKey, "voter-in-no-file", {
      claims: { basin: "upper" },
    });
    const name = "POST /api/v1/decisions/{decisionId}/tokens/exchange";
    const ask = { path, body: { secret: loginSecret } };
    await vote((await clientWith(login).call(name, ask)).token, "yes");
    await expect(clientWith(login).call(name, ask)).rejects.toMatchObject({
      code: "login.already_used",
    });
    const files = globSync(join(folder, "state/**/*.sqlite*")).map((file) =>
      readFileSync(file, "latin1"),
    );
    expect(files.length).toBeGreaterThan(2);
    const sought = [...login.split("."), "voter-in-no-file"];
    for (const text of sought) expect(files.some((file) => file.includes(text))).toBe(false);
  });

  it("the auditor verifies all of it with a key that changes nothing", async () => {
    await organiser.call("POST /api/v1/decisions/{decisionId}/close", { path });
    const results = "GET /api/v1/decisions/{decisionId}/results";
    // Ana logged in twice and is counted once.
    expect(await organiser.call(results, { path })).toMatchObject({
      total: { ballots: 3, yes: { ballots: 2 }, no: { ballots: 1 } },
    });
    const key = await keyOf("auditor", null);
    const { status, said } = await verify(key);
    expect(status, said).toBe(0);
    const name = "POST /api/v1/decisions/{decisionId}/rebuild";
    await expect(clientWith(key).call(name, { path })).rejects.toMatchObject({ status: 403 });
    const name2 = "GET /api/v1/decisions/{decisionId}/audit-log";
    const { entries } = await clientWith(key).call(name2, { path });
    expect(entries.map(({ action, actor }) => `${action} by ${actor.owner}`)).toEqual([
      "decision.created by river-keepers",
      "decision.opened by river-keepers",
      "decision.closed by river-keepers",
    ]);
  });

  it("a record of an entry that was taken out of the file is missed", async () => {
    loseAnEntry();
    const { status, said } = await verify(platform.adminKey);
    expect(status, said).toBe(1);
    expect(said).toContain(`wrong: ${decisionId}, audit log, seq: expected 2, found 3`);
  });
});

describe("a voter where counts are hidden", () => {
  it("votes, takes the vote back, and by the same nonce finds it taken back", async () => {
    const name = "river-name";
    const id = localId(name);
    const draft = {
      slug: name,
      title: "x",
      visibility: "sealed",
      disclosure: "roll_call",
      ends_early: "by_organiser",
      revote_policy: "revisable",
    } as const;
    await admin.call("POST /api/v1/decisions", { body: { ...draft, open: true } });
    const { tokens } = await admin.call("POST /api/v1/decisions/{decisionId}/tokens", {
      path: { decisionId: id },
      body: { voters: [{ voter_id: "ana" }] },
    });
    const ana = clientWith(tokens[0]?.token ?? "");
    const body = { decision_id: id };
    const nonce = (label: string) => ({ nonce: createHash("sha256").update(label).digest("hex") });
    const { r: proof } = await ana.call("POST /api/v1/voting/cast-vote", {
      body: { ...body, vote: "yes", ...nonce("vote") },
    });
    const ask = { body: { ...body, proof, ...nonce("take it back") } };
    const receipt = await ana.call("POST /api/v1/voting/withdraw", ask);
    expect(await ana.call("POST /api/v1/voting/withdraw", ask)).toEqual(receipt);
  });
});

describe("the description of the API", () => {
  it("is clean by the linter's rules, examples included", async () => {
    const source = await (await fetch(`${platform.origin}/api/v1/openapi.json`)).text();
    const config = await createConfig({
      extends: ["recommended"],
      // A route that anybody may call as it stands, such as the list of presets, has nothing to refuse.
      rules: {
        "no-invalid-media-type-examples": "error",
        "operation-4xx-response": "off",
        // A WebSocket's answer is 101.
        "operation-2xx-response": "off",
      },
    });
    const found = await lintFromString({ source, config });
    expect(
      found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    ).toEqual([]);
  });
});
