import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/** Every file's imports of other files of ours; imports of types alone count too. */
type ImportGraph = ReadonlyMap<string, readonly string[]>;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => /\.(tsx?|js|mjs)$/.test(path) && !path.includes("node_modules"));
}

function importsIn(path: string, text: string): string[] {
  const names = text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...new Set([...names].map(([, name = ""]) => normalize(join(dirname(path), name))))];
}

/** The circles of a graph, each once, as its files in the order of their imports. */
function circlesIn(graph: ImportGraph): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    const start = above.indexOf(path);
    if (start >= 0) circles.push([...above.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    for (const name of graph.get(path) ?? []) visit(name, [...above, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return circles;
}

describe("the imports of files", () => {
  it("lead in no circle back to the file that has them", () => {
    const files = ["src", "durable-objects", "workers", "bench", "scripts"].flatMap(filesIn);
    const graph = new Map(files.map((path) => [path, importsIn(path, readFileSync(path, "utf8"))]));
    const edges = [...graph.values()].reduce((sum, names) => sum + names.length, 0);
    expect(edges).toBeGreaterThan(files.length);
    expect(circlesIn(graph).map((circle) => circle.join(" -> "))).toEqual([]);
  });
});

describe("the search for circles", () => {
  const graphOf = (files: Record<string, string>) =>
    new Map(Object.entries(files).map(([path, text]) => [path, importsIn(path, text)]));

  it("finds files that import each other, one by a type alone", () => {
    const graph = graphOf({
      "a/one.ts": 'import { two } from "./two.ts";',
      "a/two.ts": 'import type { One } from "./one.ts";',
    });
    expect(circlesIn(graph)).toEqual([["a/one.ts", "a/two.ts", "a/one.ts"]]);
  });

  it("finds a circle by way of a third file, a folder above and an import in a comment", () => {
    const graph = graphOf({
      "a/one.js": 'import "../b/two.js";',
      "b/two.js": 'export { three } from "./three.js";',
      "b/three.js": '/** @import { One } from "../a/one.js" */',
    });
    expect(circlesIn(graph)).toEqual([["a/one.js", "b/two.js", "b/three.js", "a/one.js"]]);
  });

  it("finds none where two files import the same third", () => {
    const graph = graphOf({
      "one.ts": 'import "./two.ts";\nimport "./three.ts";',
      "two.ts": 'import "./three.ts";',
      "three.ts": 'import "node:fs";',
    });
    expect(circlesIn(graph)).toEqual([]);
  });
});
