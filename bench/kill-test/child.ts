import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** What a child said on stderr is kept to explain a failure; its last lines are enough. */
const linesKeptMax = 40;

/** A script running as a process of its own, so that it can be killed without mercy. */
export type Child = {
  process: ChildProcess;
  /** The exit status, or null where a signal ended it. */
  exited: Promise<number | null>;
  /**
   * Resolves with the first line of stdout or stderr that matches; rejects when the child ends
   * before.
   */
  line(pattern: RegExp): Promise<string>;
  lastLines(): string;
};

const running = new Set<ChildProcess>();

/** Options by name as arguments; a list gives an option several times, true gives a flag. */
export function toArguments(options: Record<string, string | readonly string[] | true>): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [value].flat().flatMap((each) => [`--${name}`, each]),
  );
}

export function startScript(script: string, args: readonly string[]): Child {
  // The child's stdin is a pipe, which closes when this process dies: no platform outlives the
  // test.
  const child = spawn(process.execPath, [script, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  running.add(child);
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (lines.length > linesKeptMax) lines.shift();
      for (const notice of waiting) notice(line);
    });
  }
  const exited = once(child, "exit").then(() => {
    running.delete(child);
    return child.exitCode;
  });
  const lastLines = (): string => lines.map((line) => `    ${line}`).join("\n");

  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const notice = (candidate: string): void => {
        if (!pattern.test(candidate)) return;
        waiting.delete(notice);
        resolve(candidate);
      };
      waiting.add(notice);
      for (const past of lines) notice(past);
      void exited.then((status) =>
        reject(new Error(`${script} ended with ${status ?? "a signal"}:\n${lastLines()}`)),
      );
    });
  return { process: child, exited, line, lastLines };
}

/** Ends what still runs, after a failure. */
export function endScripts(): void {
  for (const child of running) {
    child.stdin?.end();
    child.kill("SIGTERM");
  }
}
