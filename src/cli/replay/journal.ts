import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { openLineFile } from "../command-line/line-file.ts";
import { UsageError } from "../command-line/usage-error.ts";

const headerSchema = z.object({
  journal: z.literal("replay/1"),
  to: z.string(),
  prefix: z.string(),
});
const entrySchema = z.object({ decision: z.string(), votes: z.int().nonnegative() });

export type JournalHeader = Omit<z.infer<typeof headerSchema>, "journal">;

/**
 * Remembers which decisions were acknowledged and compared whole, so that a replay that is run
 * again skips them. It is only ever behind: a lost line costs repeats, which change nothing. That
 * is why it reaches the disk at the end and not at every line.
 */
export type Journal = {
  /** Votes of a decision that was finished with this many; undefined where it was not. */
  finishedVotes(decision: string): number | undefined;
  finish(decision: string, votes: number): void;
  close(): void;
};

export function openJournal(path: string, header: JournalHeader): Journal {
  const finished = readJournal(path, header);
  const file = openLineFile(path);
  if (finished === null) file.append(JSON.stringify({ journal: "replay/1", ...header }));
  return {
    finishedVotes: (decision) => finished?.get(decision),
    finish: (decision, votes) => file.append(JSON.stringify({ decision, votes })),
    close: () => file.close(),
  };
}

/** A replay without a journal sends everything again. */
export const noJournal: Journal = {
  finishedVotes: () => undefined,
  finish: () => {},
  close: () => {},
};

/**
 * Reads a journal; null where there is none. A last line without its end was being written when the
 * process died.
 */
export function readJournal(path: string, header: JournalHeader): Map<string, number> | null {
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
  return new Map(entries.map((entry) => [entry.decision, entry.votes]));
}
