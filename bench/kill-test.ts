import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { formatDuration } from "../src/cli/command-line/progress-line.ts";
import { exitStatus, runMain } from "../src/cli/command-line/usage-error.ts";
import { endScripts, startScript, toArguments } from "./kill-test/child.ts";
import { runCampaign } from "./kill-test/kill-campaign.ts";
import { readKillTestOptions } from "./kill-test/options.ts";
import { seededRandom } from "./kill-test/random.ts";

const folder = ".local/kill-test";
const log = (line: string): void => console.log(line);

/**
 * `npm run test:kill [-- --kills N --seed S]`: no acknowledged vote may be lost or counted twice,
 * however often the platform is killed.
 */
await runMain(async () => {
  const { kills, seed } = readKillTestOptions(process.argv.slice(2));
  log(`${kills} kills, seed ${seed} (repeat with --seed ${seed})`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const startedAt = performance.now();
  try {
    const { platform, receipts, replays, sockets } = await runCampaign({
      stateFolder: join(folder, "state"),
      filesFolder: folder,
      kills,
      random: seededRandom(seed),
      log,
    });
    const verify = startScript("src/cli/enviro.ts", [
      "verify",
      ...toArguments({ on: platform.origin, key: platform.adminKey, all: true, receipts }),
    ]);
    const isVerified = (await verify.exited) === exitStatus.ok;
    const losses = await Promise.all(sockets.map((voters) => voters.findLoss()));
    const overSockets = sockets.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
    log(losses.find((loss) => loss !== null) ?? `${overSockets} votes over sockets, all there`);
    const isExact = isVerified && losses.every((loss) => loss === null);
    await platform.stop();
    const verdict = isExact ? "nothing lost, nothing counted twice" : "FAILED";
    const time = formatDuration(performance.now() - startedAt);
    log(`${verify.lastLines()}\n${kills} kills in ${replays} replays, ${time}: ${verdict}`);
    return isExact ? exitStatus.ok : exitStatus.differences;
  } finally {
    endScripts();
  }
});
