import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { z } from "zod";
import { findSecretFaults, secretNames } from "../../../src/auth/deployment-secrets.ts";

const { cloudflare, scripts } = z
  .looseObject({
    cloudflare: z.object({
      bindings: z.record(z.string(), z.object({ description: z.string().max(200) })),
    }),
    scripts: z.looseObject({ build: z.string(), deploy: z.string() }),
  })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const example = readFileSync(".dev.vars.example", "utf8");

describe("what the button to deploy asks for", () => {
  it("is every secret of a deployment, each with words, and none with a value that would work", () => {
    const entries = [...example.matchAll(/^(\w+)="(.*)"$/gm)].map(
      ([, name = "", value = ""]) => [name, value] as const,
    );
    expect(entries.map(([name]) => name).toSorted()).toEqual([...secretNames].toSorted());
    expect(findSecretFaults(Object.fromEntries(entries))).toHaveLength(secretNames.length);
    for (const name of secretNames)
      expect(cloudflare.bindings[name]?.description).toMatch(/Keep it/);
  });

  it("are bindings and variables that there are, and the scripts that Cloudflare runs", () => {
    const { vars, d1_databases, queues } = unstable_readConfig({ config: "wrangler.toml" });
    const bound: readonly { binding: string }[] = [...d1_databases, ...(queues.producers ?? [])];
    const known = new Set<string>([
      ...secretNames,
      ...Object.keys(vars),
      ...bound.map(({ binding }) => binding),
    ]);
    expect(Object.keys(cloudflare.bindings).filter((name) => !known.has(name))).toEqual([]);
    expect([scripts.build, scripts.deploy]).toEqual([
      expect.stringContaining("vite build"),
      "node scripts/deploy.ts",
    ]);
  });
});
