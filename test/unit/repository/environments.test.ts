import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { experimental_readRawConfig, unstable_readConfig } from "wrangler";

/** What the Worker is in an environment, as wrangler reads it. */
function configOf(env?: string): Record<string, unknown> {
  const {
    configPath,
    userConfigPath,
    targetEnvironment,
    topLevelName,
    definedEnvironments,
    ...config
  } = unstable_readConfig({ config: "wrangler.toml", ...(env !== undefined && { env }) });
  expect(configPath).toBe(userConfigPath);
  expect(topLevelName).toBe("enviro-governance");
  expect([undefined, "staging"]).toContain(targetEnvironment);
  expect(definedEnvironments).toEqual(["staging"]);
  return config;
}

/** What is used of wrangler's JSON schema of its config. */
interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
}

const schemaFile = "node_modules/wrangler/config-schema.json";
const { definitions } = JSON.parse(readFileSync(schemaFile, "utf8")) as {
  definitions: Record<string, Schema>;
};
const root: Schema = { $ref: "#/definitions/RawConfig" };

/** Members of a value that its schema has no place for, by their paths. */
function unknownMembers(value: unknown, given: Schema, path = ""): string[] {
  const schema = definitions[given.$ref?.split("/").at(-1) ?? ""] ?? given;
  if (schema.anyOf !== undefined) {
    const found = schema.anyOf.map((each) => unknownMembers(value, each, path));
    return found.toSorted((one, other) => one.length - other.length)[0] ?? [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((each) => unknownMembers(each, schema.items ?? {}, path));
  }
  if (typeof value !== "object" || value === null || schema.properties === undefined) {
    const { additionalProperties: each } = schema;
    if (typeof value !== "object" || value === null || typeof each !== "object") return [];
    return Object.entries(value).flatMap(([name, member]) =>
      unknownMembers(member, each, `${path}${name}/`),
    );
  }
  const { properties } = schema;
  return Object.entries(value)
    .flatMap(([name, member]) => {
      const known = properties[name];
      if (known === undefined) return [`${path}${name}`];
      return unknownMembers(member, known, `${path}${name}/`);
    })
    .toSorted();
}

describe("the environments of wrangler.toml", () => {
  it("are the same but for their names, and platform limits enforced where releases are tried", () => {
    const staging = JSON.stringify(configOf("staging"))
      .replaceAll("enviro-governance-staging", "enviro-governance")
      .replaceAll(/"namespace_id":"471(\d)"/g, '"namespace_id":"470$1"')
      .replace('"ENFORCE_PLATFORM_LIMITS":"true"', '"ENFORCE_PLATFORM_LIMITS":"false"');
    expect(JSON.parse(staging)).toEqual(JSON.parse(JSON.stringify(configOf())));
  });

  it("share no database, no queue, no counter of rates and no name", () => {
    const [production, staging] = [configOf(), configOf("staging")].map(
      ({ d1_databases, queues, ratelimits, name }) => ({ d1_databases, queues, ratelimits, name }),
    );
    const names = (config: unknown): string[] =>
      JSON.stringify(config).match(/enviro-governance[\w-]*|"namespace_id":"\d+"/g) ?? [];
    expect(names(staging).filter((name) => names(production).includes(name))).toEqual([]);
    expect(names(staging).length).toBeGreaterThan(14);
  });

  it("have no member that the installed wrangler does not know", () => {
    const { rawConfig } = experimental_readRawConfig({ config: "wrangler.toml" });
    expect(unknownMembers(rawConfig, root)).toEqual([]);
    const misspelt = { ...rawConfig, preview_urlz: false, limits: { cpu_mz: 1 } };
    expect(unknownMembers(misspelt, root)).toEqual(["limits/cpu_mz", "preview_urlz"]);
  });
});
