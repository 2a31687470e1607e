import type { Decision } from "../../src/decision/decision.ts";
import { isSettled } from "../../src/decision/lifecycle.ts";
import { showingOf } from "../../src/decision/visibility.ts";
import type { ShardRecordState, StageCause, StageCheck } from "../../src/ports/record-check.ts";
import { summarizeList } from "../../src/publication/publication-builder.ts";
import type { ShardSnapshot } from "../../src/results/shard-snapshot.ts";
import { earliest } from "../shared/earliest.ts";
import type { PublicationSummary } from "./publication.ts";

/**
 * Whether the database has what is confirmed, and after the close nothing else, or why that is not
 * known.
 */
export type StoredRows =
  | { isWhole: boolean; openDeadLetters: number }
  | Extract<StageCause, "shards" | "database" | "archived" | "row_check">;

const agrees: StageCheck = { state: "agrees", cause: null, since: null };
const broken: StageCheck = { state: "broken", cause: null, since: null };

/** Whether the merged tally is that of the shards. */
export function talliedStage({
  isWhole,
  isTallied,
}: {
  isWhole: boolean;
  isTallied: boolean;
}): StageCheck {
  if (!isTallied) return broken;
  return isWhole ? agrees : { state: "unknown", cause: "shards", since: null };
}

/**
 * Whether the database has what it has confirmed. That ballots are on their way is told once the
 * registry was told, and of no decision that hides its turnout: it would tell that somebody votes.
 */
export function storedStage(
  { draft, status }: Decision,
  states: readonly ShardRecordState[],
  rows: StoredRows,
): StageCheck {
  if (typeof rows === "string") return { state: "unknown", cause: rows, since: null };
  if (!rows.isWhole) return broken;
  if (showingOf(draft.visibility, status) === "nothing") return agrees;
  const told = states.filter(({ progress }) => progress.behindTold !== null);
  const isShort = states.some(({ snapshot, progress }) => progress.confirmedSeq < snapshot.seq);
  const isBehind = told.length > 0 || (isSettled(status) && isShort);
  if (!isBehind && rows.openDeadLetters === 0) return agrees;
  const oldest = earliest(told.map(({ progress }) => progress.behindTold?.since ?? null));
  return {
    state: "behind",
    cause: causeOf(rows.openDeadLetters, told),
    since: oldest === null ? null : minuteAfter(oldest),
  };
}

/** Whether the publication holds every ballot, and what it waits for. */
export function publishedStage(
  { status, closedAt }: Decision,
  {
    seals,
    publication,
    stored,
  }: {
    seals: readonly ShardSnapshot[];
    publication: PublicationSummary | null;
    stored: StageCheck;
  },
): StageCheck {
  if (!isSettled(status)) return { state: "later", cause: "voting", since: null };
  const accepted = seals.reduce((sum, { seq }) => sum + seq, 0);
  if (publication !== null && publishedIn(publication) !== accepted) return broken;
  if (status === "certified") return publication === null ? broken : agrees;
  const since = closedAt === null ? null : minuteAfter(closedAt);
  if (publication === null) return { state: "behind", cause: "publication", since };
  const isStored = stored.state === "agrees";
  return { state: "behind", cause: isStored ? "next_check" : (stored.cause ?? "ballots"), since };
}

function causeOf(openDeadLetters: number, told: readonly ShardRecordState[]): StageCause {
  if (openDeadLetters > 0) return "dead_letters";
  return told.some(({ progress }) => progress.failure !== null) ? "log" : "on_the_way";
}

function publishedIn({ state }: PublicationSummary): number {
  return summarizeList(state, "counted").size + summarizeList(state, "others").size;
}

/** No exact time of a vote leaves its shard, and nothing is said to wait for longer than it does. */
function minuteAfter(at: number): number {
  return Math.ceil(at / 60_000) * 60_000;
}
