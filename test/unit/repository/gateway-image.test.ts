import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const dockerfile = readFileSync("src/gateway/Dockerfile", "utf8");
const entry = "src/gateway/index.ts";

/** Every file that a file imports by its place, itself included, and every package. */
function closureOf(file: string): { files: Set<string>; packages: Set<string> } {
  const [files, packages] = [new Set<string>(), new Set<string>()];
  const visit = (path: string): void => {
    if (files.has(path)) return;
    files.add(path);
    for (const [, name = ""] of readFileSync(path, "utf8").matchAll(/from "([^"]+)";/g)) {
      if (name.startsWith(".")) visit(normalize(join(dirname(path), name)));
      else if (!name.startsWith("node:")) packages.add(packageOf(name));
    }
  };
  visit(file);
  return { files, packages };
}

function packageOf(name: string): string {
  return name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
}

/** What the last stage copies from the project's folder. */
function copiedFiles(): string[] {
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  return [...lastStage.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words = ""]) =>
    words.split(" ").slice(0, -1),
  );
}

describe("the gateway's image", () => {
  const { files, packages } = closureOf(entry);
  const shared = [
    ...new Set(
      [...files]
        .filter((file) => file.startsWith("src/shared/"))
        .map((file) => (dirname(file) === "src/shared/limits" ? dirname(file) : file)),
    ),
  ].toSorted();

  it("has every file that the gateway imports, and of the shared ones no other", () => {
    const copied = copiedFiles();
    expect(copied).toEqual(expect.arrayContaining(["src/gateway", "src/telemetry/traces"]));
    expect(copied.filter((file) => file.startsWith("src/shared/")).toSorted()).toEqual(shared);
    expect(
      [...files].filter((file) => !/^src\/(gateway|shared|telemetry\/traces)\//.test(file)),
    ).toEqual([]);
  });

  it("is built from a folder in which those files are let through", () => {
    const lines = readFileSync(".dockerignore", "utf8").split("\n");
    expect(lines).toEqual(expect.arrayContaining(["!src/gateway", "!src/telemetry/traces"]));
    expect(lines.filter((line) => line.startsWith("!src/shared/")).toSorted()).toEqual(
      shared.map((file) => `!${file}`),
    );
  });

  it("has the packages that the gateway imports, of its own package.json, and no other", () => {
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync("src/gateway/package.json", "utf8")));
    expect(Object.keys(dependencies).toSorted()).toEqual([...packages].toSorted());
    expect(dockerfile).toContain("npm ci --workspace @enviro-governance/gateway --omit=dev");
  });

  it("runs as nobody in particular, and what it starts from can't install packages", () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).toContain("RUN rm -rf /usr/local/lib/node_modules");
  });
});
