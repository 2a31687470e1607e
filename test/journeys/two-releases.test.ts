import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  buildReleasesToCome,
  buildThisRelease,
  type Release,
} from "../support/releases/release.ts";
import { allOn, ReleasesPlatform } from "../support/releases/releases-platform.ts";
import { expectWholeEnd } from "../support/releases/whole-end.ts";
import { Traffic } from "../support/releases/traffic.ts";
import { eventually } from "../support/worker/eventually.ts";

/** Forms that travel. Any other is stored, and where it was raised an older release can't read it. */
const messages =
  /^(the call |a request |a shard's answer|a shard's report|a record of the vote log|a text of the vote log|a dead letter on its way)/;

const folder = mkdtempSync(join(tmpdir(), "enviro-releases-"));
let now: Release;
/** A release to come: every stored form and every message has another version. */
let next: Release;
/** Another one, which stores what this one does and speaks differently. */
let speakingNext: Release;
/** One whose shards answer votes differently, and nothing else. */
let answeringNext: Release;
let platform: ReleasesPlatform;

beforeAll(() => {
  now = buildThisRelease();
  const releaseToCome = buildReleasesToCome();
  next = releaseToCome("next", /./);
  speakingNext = releaseToCome("speaking-next", messages);
  answeringNext = releaseToCome("answering-next", /^a shard's answer$/);
  platform = new ReleasesPlatform(folder);
});

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

/** All of a decision's life but its end. */
const untilClosed = ["preparing", "voting", "watching", "closing"] as const;

describe("two releases side by side", () => {
  const votedAcross = new Traffic("voted-across");
  const closedAcross = new Traffic("closed-across");

  it("a newer Worker is refused by older objects, step by step, and nothing comes of it", async () => {
    await platform.place(allOn(now), [next, speakingNext]);
    const origin = await platform.originOf(now);
    const traffic = new Traffic("worker-ahead");
    for (const phase of untilClosed) {
      const refused = await traffic.play(phase, [await platform.originOf(next), origin]);
      expect(refused).toEqual(traffic.stepsOf(phase));
    }
    await expectWholeEnd(traffic, origin);
    await votedAcross.play("preparing", [await platform.originOf(speakingNext), origin]);
    for (const phase of ["preparing", "voting", "watching"] as const)
      await closedAcross.play(phase, [origin]);
  });

  it("votes whose answers can't be read are counted once, and get their receipts when repeated", async () => {
    await platform.place({ ...allOn(now), shards: answeringNext });
    const origin = await platform.originOf(now);
    const refused = await votedAcross.tryPhase("voting", [origin]);
    expect(refused.map(({ step }) => step)).toEqual([
      "ana votes",
      "ben votes",
      "cy votes",
      "ben votes differently",
      "cy takes the vote back",
      "a station sends two votes",
    ]);
    expect(votedAcross.acknowledged).toEqual(new Set());
    // All are counted, but for the two changes: these take the receipts that nobody could read.
    const path = `${origin}/api/v1/decisions/${votedAcross.decisionId}/results`;
    const ballots = async () =>
      ((await (await fetch(path)).json()) as { total: { ballots: number } }).total.ballots;
    await expect.poll(ballots).toBe(5);
  });

  it("rooms and shards of different releases refuse each other, and go on when they agree again", async () => {
    for (const part of ["shards", "rooms"] as const) {
      await platform.place({ ...allOn(now), [part]: speakingNext });
      const origins = [await platform.originOf(now), await platform.originOf(speakingNext)];
      for (const phase of ["voting", "watching"] as const)
        await votedAcross.tryPhase(phase, origins);
      expect(await closedAcross.tryPhase("closing", origins)).not.toEqual([]);
    }
    await platform.place(allOn(now));
    const origin = await platform.originOf(now);
    for (const phase of ["voting", "watching", "closing"] as const)
      await votedAcross.play(phase, [origin]);
    await closedAcross.play("closing", [origin]);
    await expectWholeEnd(votedAcross, origin);
    await expectWholeEnd(closedAcross, origin);
  });

  it("an older Worker and an older writer with newer objects, and then a roll back, lose nothing", async () => {
    await platform.place({ ...allOn(next), writer: now });
    let origins = [await platform.originOf(now), await platform.originOf(next)];
    const traffic = new Traffic("objects-ahead");
    for (const phase of untilClosed) {
      const refused = await traffic.play(phase, origins);
      expect(refused).toEqual(traffic.stepsOf(phase));
    }

    await platform.place(allOn(now), [next]);
    origins = [await platform.originOf(now), await platform.originOf(next)];
    const refused = await traffic.tryPhase("voting", origins);
    expect(refused).toEqual(traffic.stepsOf("voting"));
    await eventually("an alarm that waits for the newer release", async () =>
      platform.lines.some((line) => line.includes("object.unreadable")) ? true : null,
    );

    await platform.place(allOn(next));
    await expectWholeEnd(traffic, await platform.originOf(next));
  });
});
