import { abortOnSignals } from "./command-line/abort-on-signals.ts";
import { exitStatus, runMain } from "./command-line/usage-error.ts";
import { readVerifyOptions } from "./verify/options.ts";
import { runVerify } from "./verify/run-verify.ts";

await runMain(async () => {
  const summary = await runVerify(readVerifyOptions(process.argv.slice(2)), abortOnSignals());
  console.log(summary.lines().join("\n"));
  return summary.isExact ? exitStatus.ok : exitStatus.differences;
});
