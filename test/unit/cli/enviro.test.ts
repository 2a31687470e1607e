import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";

let close: () => unknown = () => undefined;
afterEach(() => close());

/** An instance that gives every request this answer, and notes the credentials that it was asked with. */
async function serve(status: number, body: string): Promise<{ origin: string; keys: unknown[] }> {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization);
    response.writeHead(status).end(body);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  close = () => server.close();
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, keys };
}

/** Runs the command as a shell does. */
function enviro(args: string[], key = ""): Promise<{ status: number; said: string }> {
  const env = { ...process.env, ENVIRO_KEY: key };
  return new Promise((resolve) => {
    const command = ["src/cli/enviro.ts", ...args];
    const child = execFile(process.execPath, command, { env }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, said: stdout + stderr }),
    );
  });
}

test("the command says its commands and exit codes, and ends as the help says", async () => {
  const help = await enviro(["--help"]);
  expect(help.status).toBe(0);
  expect(help.said).toMatch(/verify[^]*dead-letters[^]*Exit codes:/);
  expect((await enviro(["verify", "--speed"])).status).toBe(2);
}, 30_000);

test("a key from the environment is used, and one that is refused ends with 2 and what to do", async () => {
  const problem = JSON.stringify({ code: "credential.invalid", detail: "No such key." });
  const { origin, keys } = await serve(401, problem);
  const { status, said } = await enviro(["verify", "--on", origin, "--all"], "from-environment");
  expect(status, said).toBe(2);
  expect(keys).toEqual(["Bearer from-environment"]);
  expect(said).toContain("credential.invalid: No such key.");
  expect(said).toContain("Give a key of this instance");
  expect(said).not.toContain("    at ");
}, 30_000);

test("an address that answers something else ends with 2 and what to look at", async () => {
  const { origin } = await serve(200, "<html>");
  const { status, said } = await enviro(["dead-letters", "list", "--on", origin], "k");
  expect(status, said).toBe(2);
  expect(said).toContain("Is --on the address of an instance");
}, 30_000);
