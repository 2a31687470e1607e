/**
 * Lines of the runtime itself, which no test can catch: they come from its process, not from the Worker.
 * One that is expected stands here with its reason; any other is printed and fails the run.
 */
const expected: readonly { line: RegExp; because: string }[] = [
  {
    line: /^NOSENTRY SQLite alarm handler canceled with requestScheduledAlarm\./,
    because: "an alarm was set anew just when it was due, and comes at its new time",
  },
  {
    line: /^NOSENTRY SQLite alarm overdue, running despite AlarmManager mismatch;/,
    because:
      "the same a moment later: it was set anew to a time that has passed meanwhile, and runs",
  },
];

/** The function of @cloudflare/vitest-plugin that writes the runtime's lines to stderr. */
const runtimeWriter = "handleStructuredLogs";

/** Watches what the runtime prints while the worker tests run. */
export default function watchRuntimeLines(): () => void {
  const unexpected: string[] = [];
  const write = process.stderr.write.bind(process.stderr);
  const writeUnlessExpected = (...call: Parameters<typeof write>): boolean => {
    const line = String(call[0]);
    const isRuntimes = new Error("whose line").stack?.includes(runtimeWriter) === true;
    if (isRuntimes && expected.some((known) => known.line.test(line))) return true;
    if (isRuntimes) unexpected.push(line);
    return write(...call);
  };
  Object.assign(process.stderr, { write: writeUnlessExpected });
  return () => {
    Object.assign(process.stderr, { write });
    if (unexpected.length > 0) {
      // The lines themselves, too: what a log keeps of a run is often its end alone.
      throw new Error(`the runtime printed lines that no test expects:\n${unexpected.join("")}`);
    }
  };
}
