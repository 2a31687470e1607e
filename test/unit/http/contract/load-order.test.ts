import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);

/** What has schemas and knows nothing of HTTP: made before those of the contract, they lack its methods. */
const schemas = [
  "decision/decision-json.ts",
  "results/result-json.ts",
  "rules/outcome-json.ts",
  "rules/forecast-json.ts",
];

it("the contract can be loaded after the schemas that it is made of", async () => {
  const lines = [...schemas, "http/app.ts"].map((file) => `await import("./src/${file}");`);
  const { stdout } = await run(process.execPath, [
    "--input-type=module",
    "--eval",
    `${lines.join("\n")} console.log("loaded");`,
  ]);
  expect(stdout).toBe("loaded\n");
});
