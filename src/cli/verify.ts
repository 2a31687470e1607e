import { abortOnSignals } from "./command-line/abort-on-signals.ts";
import { exitStatus, runMain } from "./command-line/usage-error.ts";
import { readVerifyOptions } from "./verify/options.ts";
import { runVerify } from "./verify/run-verify.ts";
import type { Verdict } from "./verify/summary.ts";

const statuses = {
  exact: exitStatus.ok,
  different: exitStatus.differences,
  unverified: exitStatus.failed,
} satisfies Record<Verdict, number>;

await runMain(async () => {
  const summary = await runVerify(readVerifyOptions(process.argv.slice(2)), abortOnSignals());
  console.log(summary.lines().join("\n"));
  return statuses[summary.verdict];
});
