import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Child } from "./child.ts";
import { startPlatform, type KillablePlatform } from "./platform.ts";
import { startSocketStation } from "./socket-station.ts";
import { startSocketVoters, type SocketVoters } from "./socket-voters.ts";
import { finishReplay, replayFiles, startReplay, type ReplayFiles } from "./replay-child.ts";

export type Campaign = {
  stateFolder: string;
  filesFolder: string;
  kills: number;
  random: () => number;
  log: (line: string) => void;
};

export type CampaignResult = {
  platform: KillablePlatform;
  receipts: string[];
  replays: number;
  sockets: readonly SocketVoters[];
};

/**
 * More in one replay would all fall close to its end, since what was acknowledged is not done
 * again.
 */
const killsAReplayMax = 3;
const watchIntervalMs = 15;
/**
 * A replay writes its receipts four times a second; waiting up to that long spreads the kills over
 * what lies between.
 */
const spreadMs = 250;

/**
 * Replays the extract again and again, each time as new decisions, beside voters and
 * stations who vote over sockets, and kills the platform at random moments in the middle, until it has been killed often enough and every replay has come to its end
 * with zero differences.
 */
export async function runCampaign(campaign: Campaign): Promise<CampaignResult> {
  const { kills, filesFolder } = campaign;
  const state = { platform: await startPlatform(campaign.stateFolder, 0), killed: 0 };

  // The first replay is not disturbed: it says how much a whole one writes, and so where its middle
  // is on a machine of any speed.
  const undisturbed = replayFiles(filesFolder, 0);
  await finishReplay(await startReplay(state.platform, undisturbed), undisturbed.prefix);
  const wholeBytes = receiptBytes(undisturbed);
  const receipts = [undisturbed.receipts];

  const sockets = await Promise.all(
    [1, 3].flatMap((shards) => [
      startSocketVoters(state.platform, shards),
      startSocketStation(state.platform, shards),
    ]),
  );
  while (state.killed < kills) {
    const files = replayFiles(filesFolder, receipts.length);
    await disturbReplay(campaign, state, { files, wholeBytes });
    receipts.push(files.receipts);
  }
  await Promise.all(sockets.map((voters) => voters.stop()));
  return { platform: state.platform, receipts, replays: receipts.length, sockets };
}

/**
 * Runs one replay to its end, killing the platform under it at random points of the way that is
 * left.
 */
async function disturbReplay(
  campaign: Campaign,
  state: { platform: KillablePlatform; killed: number },
  { files, wholeBytes }: { files: ReplayFiles; wholeBytes: number },
): Promise<void> {
  const { random, log } = campaign;
  let replay = await startReplay(state.platform, files);
  for (let kills = 0; kills < killsAReplayMax && state.killed < campaign.kills; kills += 1) {
    const done = receiptBytes(files);
    const target = done + random() * Math.max(0, wholeBytes - done);
    const isOver = await reach(replay, { files, bytes: target, delayMs: random() * spreadMs });
    if (isOver) break;
    const share = Math.round((receiptBytes(files) / wholeBytes) * 100);
    await state.platform.kill();
    state.killed += 1;
    const fate = await decideFate(replay, random());
    const port = Number(new URL(state.platform.origin).port);
    state.platform = await startPlatform(campaign.stateFolder, port);
    log(`kill ${state.killed}: ${files.prefix} at ${share} % of its receipts, ${fate}`);
    if (fate !== "replay waits") replay = await startReplay(state.platform, files);
  }
  await finishReplay(replay, files.prefix);
}

/**
 * Waits until a replay has written so many bytes of receipts, and a moment longer; true where it
 * ended before.
 */
async function reach(
  replay: Child,
  { files, bytes, delayMs }: { files: ReplayFiles; bytes: number; delayMs: number },
): Promise<boolean> {
  const isOver = replay.exited.then(() => true);
  while (receiptBytes(files) < bytes) {
    if (await Promise.race([isOver, sleep(watchIntervalMs, false)])) return true;
  }
  return Promise.race([isOver, sleep(delayMs, false)]);
}

function receiptBytes(files: ReplayFiles): number {
  return statSync(files.receipts, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * A replay may live through the outage, be stopped in good order, or die with the platform; all
 * three must end well.
 */
async function decideFate(replay: Child, draw: number): Promise<string> {
  if (draw < 0.4) return "replay waits";
  const signal = draw < 0.7 ? "SIGTERM" : "SIGKILL";
  replay.process.kill(signal);
  await replay.exited;
  return `replay gets ${signal} and is run again`;
}
