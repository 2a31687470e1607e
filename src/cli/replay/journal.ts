import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { openLineFile } from "../command-line/line-file.ts";
import { UsageError } from "../command-line/usage-error.ts";

const headerSchema = z.object({
  journal: z.literal("replay/1"),
  to: z.string(),
  prefix: z.string(),
});
const entrySchema = z.object({
  slug: z.string(),
  decision: z.string(),
  votes: z.int().nonnegative(),
});

/** A decision that was finished: its slug, its id, and how many votes it had. */
export type FinishedDecision = z.infer<typeof entrySchema>;

export type JournalHeader = Omit<z.infer<typeof headerSchema>, "journal">;

/**
 * Remembers which decisions were acknowledged and compared whole, so that a replay that is run
 * again skips them. It is only ever behind: a lost line costs repeats, which change nothing. That
 * is why it reaches the disk at the end and not at every line.
 */
export type Journal = {
  /** A decision that was finished; undefined where it was not. */
  finished(slug: string): FinishedDecision | undefined;
  finish(decision: FinishedDecision): void;
  close(): void;
};

export function openJournal(path: string, header: JournalHeader): Journal {
  const finished = readJournal(path, header);
  const file = openLineFile(path);
  if (finished === null) file.append(JSON.stringify({ journal: "replay/1", ...header }));
  return {
    finished: (slug) => finished?.get(slug),
    finish: (decision) => file.append(JSON.stringify(decision)),
    close: () => file.close(),
  };
}

/** A replay without a journal sends everything again. */
export const noJournal: Journal = {
  finished: () => undefined,
  finish: () => {},
  close: () => {},
};

type Finished = ReadonlyMap<string, FinishedDecision>;

/**
 * Reads a journal; null where there is none. A last line without its end was being written when the
 * process died.
 */
export function readJournal(path: string, header: JournalHeader): Finished | null {
  if (!existsSync(path)) return null;
  const text = readFileSync(path, "utf8");
  const [first, ...lines] = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  if (first === undefined || first === "") return null;
  const found = headerSchema.safeParse(JSON.parse(first));
  if (!found.success) throw new UsageError(`${path} is not a journal of a replay`);
  if (found.data.to !== header.to || found.data.prefix !== header.prefix)
    throw new UsageError(
      `${path} belongs to a replay to ${found.data.to} with the prefix ${found.data.prefix}`,
    );
  const entries = lines
    .filter((line) => line !== "")
    .map((line) => entrySchema.parse(JSON.parse(line)));
  return new Map(entries.map((entry) => [entry.slug, entry]));
}
