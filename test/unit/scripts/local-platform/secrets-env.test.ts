import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeMissingSecrets } from "../../../../scripts/deploy/make-missing-secrets.ts";
import { keepSecretsEnv, readSecretsEnv } from "../../../../scripts/local-platform/secrets-env.ts";
import { findSecretFaults, secretNames } from "../../../../src/auth/deployment-secrets.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "enviro-secrets-"));
  file = join(folder, "secrets.env");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the file of a deployment's secrets", () => {
  it("is made once, for its owner alone, with every secret in good form", () => {
    const made = keepSecretsEnv(file, { keyName: "local" });
    expect(findSecretFaults(made)).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(keepSecretsEnv(file, { keyName: "local" })).toEqual(made);
  });

  it("keeps what stands in it, and gets what it lacks", () => {
    const key = "a".repeat(40);
    writeFileSync(file, `# mine\nADMIN_API_KEY="${key}"\nREDIS_REST_TOKEN=x`);
    expect(keepSecretsEnv(file, { keyName: "local" }).ADMIN_API_KEY).toBe(key);
    const text = readFileSync(file, "utf8");
    expect(text).toContain(
      `# mine\nADMIN_API_KEY="${key}"\nREDIS_REST_TOKEN=x\nBALLOT_TOKEN_KEYS=`,
    );
    expect(findSecretFaults(readSecretsEnv(file))).toEqual([]);
  });

  it.each([
    ["a short secret", "ADMIN_API_KEY=short", "ADMIN_API_KEY must have 32 characters or more"],
    ["keys without a name", `ID_KEYS=${"A".repeat(43)}`, "ID_KEYS must be kid:key pairs"],
  ])("is refused with %s, by the file's name and the secret's", (_, line, says) => {
    writeFileSync(file, `${line}\n`);
    expect(() => readSecretsEnv(file)).toThrow(`${file}: ${says}`);
    expect(() => keepSecretsEnv(file, { keyName: "local" })).toThrow(`${file}: ${says}`);
  });

  it("may lack secrets where it only adds to those of a Worker, but must be there", () => {
    writeFileSync(file, `ADMIN_API_KEY=${"a".repeat(32)}\n`);
    expect(Object.keys(readSecretsEnv(file))).toEqual(["ADMIN_API_KEY"]);
    expect(() => readSecretsEnv(join(folder, "none"))).toThrow("there is no such file");
  });
});

describe("secrets that are made for a Worker", () => {
  it("are those alone that it lacks, since a new key in place of its own would undo receipts and ids", () => {
    const missing = ["ID_KEYS", "REDIS_REST_TOKEN"];
    const deployed = secretNames.filter((name) => !missing.includes(name));
    expect(makeMissingSecrets({ file, missing, deployed })).toBe(file);
    expect(Object.keys(readSecretsEnv(file))).toEqual(["ID_KEYS"]);
  });

  it("are none where only others' are missing", () => {
    const missing = ["REDIS_REST_TOKEN"];
    expect(makeMissingSecrets({ file, missing, deployed: secretNames })).toBeNull();
  });

  it("are not put beside old ones, which would replace the Worker's", () => {
    keepSecretsEnv(file, { names: ["ADMIN_API_KEY"], keyName: "k1" });
    const wanted = { file, missing: ["ID_KEYS"], deployed: ["ADMIN_API_KEY"] };
    expect(() => makeMissingSecrets(wanted)).toThrow(
      "also holds ADMIN_API_KEY, which the Worker has",
    );
  });
});
