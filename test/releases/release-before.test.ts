import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "vitest";
import {
  buildCommit,
  buildThisRelease,
  readForms,
  type Release,
} from "../support/releases/release.ts";
import { allOn, ReleasesPlatform } from "../support/releases/releases-platform.ts";
import { Traffic, type Phase } from "../support/releases/traffic.ts";
import { expectWholeEnd } from "../support/releases/whole-end.ts";

const commit = process.env["RELEASE_BEFORE"];
if (commit === undefined) throw new Error("run npm run test:releases, which names the commit");

const before = buildCommit(commit);
const now = buildThisRelease();
const folder = mkdtempSync(join(tmpdir(), "enviro-release-before-"));
const platform = new ReleasesPlatform(folder);
const hasSameForms = JSON.stringify(readForms(before)) === JSON.stringify(readForms(now));

afterAll(async () => {
  await platform.stop();
  rmSync(folder, { recursive: true });
});

/** Plays phases, each through the front door of the other release alone. */
async function playBoth(traffic: Traffic, phases: readonly Phase[]): Promise<void> {
  let fronts: readonly [Release, Release] = [now, before];
  for (const phase of phases) {
    await traffic.play(phase, [await platform.originOf(fronts[0])]);
    fronts = [fronts[1], fronts[0]];
  }
}

describe("this release beside the one before", () => {
  it.runIf(hasSameForms)(
    "with the same forms, does all that is asked, whichever part is of which",
    async () => {
      const upgraded = new Traffic("upgraded");
      const mixed = new Traffic("mixed");
      const rolledBack = new Traffic("rolled-back");

      await platform.place(allOn(before), [now]);
      await playBoth(upgraded, ["preparing", "voting"]);
      await playBoth(mixed, ["preparing"]);

      await platform.place({ rooms: now, shards: before, registry: now, writer: before });
      await playBoth(upgraded, ["watching", "closing"]);
      await expectWholeEnd(upgraded, await platform.originOf(before));
      await playBoth(mixed, ["voting", "watching"]);
      await playBoth(rolledBack, ["preparing", "voting"]);

      await platform.place({ rooms: before, shards: now, registry: before, writer: now });
      await playBoth(mixed, ["watching", "closing"]);
      await expectWholeEnd(mixed, await platform.originOf(now));
      await playBoth(rolledBack, ["watching"]);

      await platform.place(allOn(before), [now]);
      await playBoth(rolledBack, ["watching", "closing"]);
      await expectWholeEnd(rolledBack, await platform.originOf(before));
    },
  );

  it.runIf(!hasSameForms)(
    "with other forms, answers rightly or refuses clearly, and takes over",
    async () => {
      const upgraded = new Traffic("upgraded");
      await platform.place(allOn(before), [now]);
      const origins = [await platform.originOf(now), await platform.originOf(before)];
      for (const phase of ["preparing", "voting"] as const) await upgraded.play(phase, origins);

      await platform.place(allOn(now), [before]);
      const renewed = [await platform.originOf(before), await platform.originOf(now)];
      for (const phase of ["watching", "closing"] as const) await upgraded.play(phase, renewed);
      await expectWholeEnd(upgraded, await platform.originOf(now));
    },
  );
});
