import { progressLine } from "./progress-line.ts";

const redrawIntervalMs = 100;
/** Where nobody watches, a line every few seconds keeps a log readable. */
const logIntervalMs = 5_000;
const eraseLine = "\r\u001b[2K";

export type Progress = {
  advance(count: number): void;
  /** Prints a line of its own without tearing the bar. */
  note(line: string): void;
  finish(): void;
};

/** Shows progress on stderr: one line redrawn on a terminal, a line every few seconds elsewhere. */
export function startProgress(label: string, unit: string, total: number): Progress {
  const { stderr } = process;
  const isTerminal = stderr.isTTY;
  const startedAt = performance.now();
  let done = 0;

  const line = (): string =>
    progressLine({ label, unit, done, total, elapsedMs: performance.now() - startedAt });
  const draw = (): void => {
    if (!isTerminal) stderr.write(`${line()}\n`);
    else stderr.write(`${eraseLine}${line().slice(0, stderr.columns)}`);
  };
  const timer = setInterval(draw, isTerminal ? redrawIntervalMs : logIntervalMs).unref();

  return {
    advance: (count) => {
      done += count;
    },
    note: (text) => {
      stderr.write(isTerminal ? `${eraseLine}${text}\n` : `${text}\n`);
    },
    finish: () => {
      clearInterval(timer);
      draw();
      if (isTerminal) stderr.write("\n");
    },
  };
}
