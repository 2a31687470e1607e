import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ResultCache } from "../../../src/cache/result-cache.ts";

const lifeMs = 60_000;
const newId = () => `decision-${randomUUID()}`;

/** What every cache has to do, whatever it is made of. `runs` is how many interleavings are tried. */
export function describeCache(name: string, open: () => Promise<ResultCache>, runs: number): void {
  describe(`the cache contract, ${name}`, () => {
    it("what was kept is found as it was, with what is left of its life", async () => {
      const cache = await open();
      const id = newId();
      const text = '{"region":"Ærø 🌍","weight":"123456789012345678901234567890"}';
      expect(await cache.keep(id, { version: 7, text, lifeMs })).toBe(true);
      const look = await cache.look(id);
      expect(look).toMatchObject({ kind: "found", version: 7, text });
      if (look.kind !== "found") return;
      expect(look.leftMs).toBeGreaterThan(lifeMs - 10_000);
      expect(look.leftMs).toBeLessThanOrEqual(lifeMs);
    });

    it("an older version never takes the place of a newer, and the same one renews it", async () => {
      const cache = await open();
      const id = newId();
      await cache.keep(id, { version: 10, text: "ten", lifeMs });
      expect(await cache.keep(id, { version: 9, text: "nine", lifeMs })).toBe(false);
      expect(await cache.look(id)).toMatchObject({ version: 10, text: "ten" });
      expect(await cache.keep(id, { version: 10, text: "ten again", lifeMs })).toBe(true);
      expect(await cache.look(id)).toMatchObject({ version: 10, text: "ten again" });
    });

    it("of many who look for what is missing one computes it, until somebody keeps it", async () => {
      const cache = await open();
      const id = newId();
      const looks = await Promise.all(Array.from({ length: 20 }, () => cache.look(id)));
      const claimed = looks.filter((look) => look.kind === "missing" && look.isClaimed);
      expect(claimed).toHaveLength(1);
      expect(await cache.claim(id)).toBe(false);
      await cache.keep(id, { version: 1, text: "one", lifeMs });
      const claims = await Promise.all(Array.from({ length: 20 }, () => cache.claim(id)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it("one decision knows nothing of another", async () => {
      const cache = await open();
      const [one, other] = [newId(), newId()];
      await cache.keep(one, { version: 3, text: "three", lifeMs });
      expect(await cache.look(other)).toEqual({ kind: "missing", isClaimed: true });
    });

    it("the version found never goes back, however the calls of several writers interleave", async () => {
      const cache = await open();
      const writes = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 12 });
      const writers = fc.array(writes, { minLength: 2, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(writers, async (versionsOfWriters) => {
          const id = newId();
          let seen = -1;
          const look = async (): Promise<void> => {
            const found = await cache.look(id);
            if (found.kind !== "found") return;
            expect(found.version).toBeGreaterThanOrEqual(seen);
            expect(found.text).toBe(`version ${found.version}`);
            seen = found.version;
          };
          await Promise.all(
            versionsOfWriters.map(async (versions) => {
              for (const version of versions)
                await cache.keep(id, { version, text: `version ${version}`, lifeMs });
            }),
          );
          // Looks one after another, so that the order in which they were answered is known.
          const late = versionsOfWriters.flat();
          const looking = (async () => {
            for (let times = 0; times < 5; times += 1) await look();
          })();
          for (const version of late)
            await cache.keep(id, { version, text: `version ${version}`, lifeMs });
          await looking;
          await look();
          expect(seen).toBe(Math.max(...late));
        }),
        { numRuns: runs },
      );
    });
  });
}
