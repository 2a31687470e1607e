import { bootPlatform } from "../../scripts/local-platform/boot.ts";
import { untilStopped } from "../../scripts/local-platform/until-stopped.ts";

/**
 * A kill loses what the local queue held, as it lives in memory. A shard sends again what stays
 * unconfirmed for this long: seconds instead of the two minutes of production, so that the test
 * sees the database converge by itself.
 */
const republishAfterMs = 4_000;

const [stateFolder, port] = process.argv.slice(2);
if (stateFolder === undefined || port === undefined) throw new Error("host.ts <state> <port>");
const platform = await bootPlatform({
  stateFolder,
  port: Number(port),
  log: (line) => console.error(line),
  vars: { REPUBLISH_AFTER_MS: String(republishAfterMs) },
});
const { origin, adminKey, process: runtime } = platform;
console.log(JSON.stringify({ origin, adminKey, runtimePid: runtime.pid }));
await untilStopped({ orStdinEnds: true });
await platform.stop();
process.exit();
