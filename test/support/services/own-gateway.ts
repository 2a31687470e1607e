import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type OwnGateway = {
  /** Null where it ended without having listened. */
  url: string | null;
  username: string;
  password: string;
  /** Everything that it has written. */
  output: () => string;
  signal: (name: NodeJS.Signals) => void;
  /** Resolves with the exit status; null where a signal ended it. */
  ended: Promise<number | null>;
};

/** A gateway of the test's own, with another configuration than the one that all tests share. */
export async function startOwnGateway(environment: Record<string, string>): Promise<OwnGateway> {
  const [username, password] = ["own", "a password of the test"];
  const child = spawn(process.execPath, ["src/gateway/index.ts"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: process.env["PATH"],
      GATEWAY_PORT: "0",
      GATEWAY_KAFKA_USERNAME: username,
      GATEWAY_KAFKA_PASSWORD: password,
      ...environment,
    },
  });
  const ended = once(child, "exit").then(() => child.exitCode);
  const lines: string[] = [];
  const url = await new Promise<string | null>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        lines.push(line);
        const [origin] = /http:\/\/[\d.:]+/.exec(line) ?? [];
        if (origin !== undefined) resolve(origin);
      });
    }
    child.once("close", () => resolve(null));
  });
  return {
    url,
    username,
    password,
    ended,
    output: () => lines.join("\n"),
    signal: (name) => child.kill(name),
  };
}
