import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const packageSchema = z.object({
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().default(false),
});
const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) });
const { packages } = lockSchema.parse(JSON.parse(readFileSync("package-lock.json", "utf8")));

/** What comes from a registry: neither this repository nor a folder of it nor a link to one. */
const foreign = Object.entries(packages).filter(
  ([path, { link }]) => path.includes("node_modules/") && !link,
);

it("the lock file holds a digest of every package, those for other platforms too", () => {
  expect(foreign.length).toBeGreaterThan(100);
  const without = foreign.filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true);
  expect(without.map(([path]) => path)).toEqual([]);
});

it("the lock file names no registry but npm's own, so that it is the same on every machine", () => {
  const elsewhere = foreign.filter(
    ([, { resolved }]) =>
      resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/"),
  );
  expect(elsewhere.map(([path, { resolved }]) => `${path}: ${resolved}`)).toEqual([]);
});
