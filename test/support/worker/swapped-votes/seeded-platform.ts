import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { inject, vi } from "vitest";
import { seededRandom } from "../../../../bench/kill-test/random.ts";
import { RoomPublication } from "../../../../durable-objects/decision-room/publication.ts";
import { encryptPage } from "../../../../src/backup/age-page.ts";
import { invariant } from "../../../../src/shared/invariant.ts";
import { Utf8Writer } from "../../../../src/shared/utf8-writer.ts";
import { stopClockAt } from "../clock.ts";

/** Begins anew with empty objects and tables, and random bytes from a seed, at a moment in ms. */
export async function beginSeededPlatform(seed: number, now: number): Promise<void> {
  vi.restoreAllMocks();
  await reset();
  await applyD1Migrations(env.DB, inject("migrations"));
  await applyD1Migrations(env.SEARCH_DB, inject("searchMigrations"));
  // What is loaded with the first page draws random bytes once an isolate.
  await encryptPage({ text: "", mac: "" }, env.BACKUP_RECIPIENT);
  stopClockAt(now);
  const random = seededRandom(seed);
  const byte = (): number => Math.floor(random() * 256);
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    if (array !== null && ArrayBuffer.isView(array)) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      for (let at = 0; at < bytes.length; at += 1) bytes[at] = byte();
    }
    return array;
  });
  // What goes through the queue comes in its own time, and after the reset: `drainNow` writes all.
  vi.spyOn(Object.getPrototypeOf(env.VOTE_LOG) as Queue<string>, "sendBatch").mockResolvedValue(
    undefined as never,
  );
  let made = 0;
  vi.spyOn(crypto, "randomUUID").mockImplementation(() => {
    made += 1;
    return `00000000-0000-4000-8000-${String(made).padStart(12, "0")}`;
  });
}

/**
 * Swaps pids wherever the opening key meets one. The key is a secret of the record, and HMAC under
 * it as good as chance to whoever lacks it: this is another key of equal probability, under which
 * the swapped voters have swapped r, and with it K, u, C and hash.
 */
export function swapPidsInOpenings(pairs: readonly (readonly [string, string])[]): void {
  const partners = new Map(
    pairs.flatMap(
      ([one, other]) =>
        [
          [one, other],
          [other, one],
        ] as const,
    ),
  );
  const original: unknown = Reflect.get(Utf8Writer.prototype, "write");
  invariant(typeof original === "function", "what is hashed is written");
  vi.spyOn(Utf8Writer.prototype, "write").mockImplementation(function (
    this: Utf8Writer,
    text: string,
  ): number {
    // Nothing else that is hashed is a pid.
    return Number(Reflect.apply(original, this, [partners.get(text) ?? text]));
  });
}

/** Holds the publication back, and so the certificate, until the function that it gives is called. */
export function holdPublicationBack(): () => void {
  const held = vi.spyOn(RoomPublication.prototype, "run").mockResolvedValue();
  return () => held.mockRestore();
}
