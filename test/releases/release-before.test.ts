import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { buildCommit, buildThisRelease, readForms } from "../support/releases/release.ts";
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

/** Plays phases, each with the other release's front door first. Gives what that one refused. */
async function playBoth(traffic: Traffic, phases: readonly Phase[]): Promise<string[]> {
  const refused: string[] = [];
  let origins = [await platform.originOf(now), await platform.originOf(before)];
  for (const phase of phases) {
    for (const { step } of await traffic.play(phase, origins)) refused.push(step);
    origins = origins.toReversed();
  }
  return refused;
}

describe("this release beside the one before", () => {
  it.runIf(hasSameForms)(
    "with the same forms, does all that is asked, whichever part is of which",
    async () => {
      const upgraded = new Traffic("upgraded");
      const mixed = new Traffic("mixed");
      const rolledBack = new Traffic("rolled-back");

      await platform.place(allOn(before), [now]);
      expect(await playBoth(upgraded, ["preparing", "voting"])).toEqual([]);
      expect(await playBoth(mixed, ["preparing"])).toEqual([]);

      await platform.place({ rooms: now, shards: before, registry: now, writer: before });
      expect(await playBoth(upgraded, ["watching", "closing"])).toEqual([]);
      await expectWholeEnd(upgraded, await platform.originOf(before));
      expect(await playBoth(mixed, ["voting", "watching"])).toEqual([]);
      expect(await playBoth(rolledBack, ["preparing", "voting"])).toEqual([]);

      await platform.place({ rooms: before, shards: now, registry: before, writer: now });
      expect(await playBoth(mixed, ["watching", "closing"])).toEqual([]);
      await expectWholeEnd(mixed, await platform.originOf(now));
      expect(await playBoth(rolledBack, ["watching"])).toEqual([]);

      await platform.place(allOn(before), [now]);
      expect(await playBoth(rolledBack, ["watching", "closing"])).toEqual([]);
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
