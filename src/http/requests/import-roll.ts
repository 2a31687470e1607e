import { pseudonym } from "../../auth/pseudonym.ts";
import type { DecisionDraft } from "../../decision/decision.ts";
import type { ShardRoll } from "../../decision/roll.ts";
import { invariant } from "../../shared/invariant.ts";
import { limits } from "../../shared/limits.ts";
import { readRoll, type RollReading } from "../../roll/read-roll.ts";
import { voterIdFormOf } from "../../decision/voter-id-form.ts";
import { columnName } from "../../roll/csv-line.ts";
import { RowLines, type Twin } from "../../roll/row-lines.ts";
import { RollReport } from "../../roll/roll-report.ts";
import { RollRefused } from "../../roll/row-problem.ts";
import { ShardBatches } from "../../roll/shard-batches.ts";
import type { RowRules } from "../../roll/check-row.ts";
import type { BeginRollReply, RollProgress } from "../../ports/rolls.ts";
import { findTwinsInGroups, sayTwinsInGroups } from "./twins-in-groups.ts";
import { orSuperseded, sealParts, votersOf } from "./seal-roll.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";

export type RollUpload = Pick<RollReading, "format" | "bytesStated" | "ignored"> & {
  body: ReadableStream<Uint8Array>;
  /** What becomes of rows that name a voter of an earlier row. */
  twins: TwinPolicy;
};

/** Whether rows that name one voter refuse the roll, or the first of them is loaded. */
export type TwinPolicy = "refuse" | "first";

/** What an upload came to: its rows, whom they named twice, and the parts of the shards. */
interface ImportedRoll {
  report: RollReport;
  twins: Twin[];
  parts: ShardRoll[];
}

type Begun = Extract<BeginRollReply, { kind: "begun" }>;

/**
 * Streams an upload into the shards under the number of its import, and has them seal it. Nothing
 * counts until the room adopts it, so a failure here leaves the roll in force as it was.
 * @throws {RollRefused}
 */
export async function importRoll(
  deps: Pick<HttpDependencies, "decisions" | "rolls" | "report">,
  { roll, draft, shardMap, decisionKey }: Begun,
  upload: RollUpload,
): Promise<ImportedRoll> {
  const plan = { decisionId: draft.id, shardMap };
  const report = new RollReport();
  const { placement } = draft;
  const batches = new ShardBatches(
    { shardMap, placement },
    async (shard, rows) =>
      orSuperseded(await deps.rolls.load({ plan, shard, roll, rows, batch: null })),
    (line) => report.refuse(line, "voter_id.duplicate"),
  );
  const lines = new RowLines();
  const note = progressNotes(deps, draft.id, roll.number);
  await readRoll(upload.body, {
    ...rowRulesOf(draft, upload.ignored),
    format: upload.format,
    bytesMax: limits.rollBytesMax,
    bytesStated: upload.bytesStated,
    report,
    take({ voterId, ...entry }, line) {
      const pid = pseudonym(decisionKey, voterId);
      lines.add(pid, line);
      batches.add(pid, entry, line);
    },
    async afterChunk(bytes) {
      note({ rows: report.rows, refused: report.refused, bytes });
      await batches.sendFull();
    },
  });
  await batches.finish();
  const twins = lines.twinsOf(report.twinLines);
  if (twins.length > 0 && upload.twins === "refuse") throw refuseTwins(report.twins, twins);
  if (report.loaded === 0) throw new RollRefused("roll.empty");
  const parts = await sealParts(deps.rolls, plan, roll);
  for (const [shard, rows] of batches.loaded.entries()) {
    const part = parts[shard];
    const isWhole = part !== undefined && votersOf(part) === rows;
    invariant(isWhole, "a shard holds every row that it took");
  }
  const inGroups = await findTwinsInGroups(deps.rolls, { plan, number: roll.number, parts });
  if (inGroups.length > 0) throw refuseTwinsInGroups(inGroups, lines.twinsOfPids(inGroups));
  return { report, twins, parts };
}

function refuseTwinsInGroups(pids: readonly string[], twins: readonly Twin[]): RollRefused {
  const detail = `${sayTwinsInGroups(pids.length)}: ${sayLines(twins)}. Mend the rows: which of them is meant nobody can tell.`;
  return new RollRefused("roll.twins", detail, twins);
}

function refuseTwins(rows: number, twins: readonly Twin[]): RollRefused {
  const detail =
    `Rows that name a voter of an earlier row: ${rows}; ${sayLines(twins)}. ` +
    "Mend them, or PUT the roll with `?twins=first` to load the first row of each voter.";
  return new RollRefused("roll.twins", detail, twins);
}

function sayLines(twins: readonly Twin[]): string {
  const named = twins.slice(0, limits.rollTwinsNamedMax);
  const pairs = named.map(({ line, firstLine }) => `line ${line} the voter of line ${firstLine}`);
  return pairs.join(", ") + (named.length < twins.length ? ", …" : "");
}

/** The columns of `?ignore=`, as `columnName` spells them. */
export function columnSet(names: string): ReadonlySet<string> {
  return new Set(
    names
      .split(",")
      .map(columnName)
      .filter((name) => name !== ""),
  );
}

/** What the rows of a draft's roll are checked against. */
export function rowRulesOf(draft: DecisionDraft, ignored: ReadonlySet<string>): RowRules {
  return {
    regions: new Set(draft.regions.map((region) => region.code)),
    voterIds: voterIdFormOf(draft),
    hasNames: draft.disclosure === "roll_call",
    ignored,
  };
}

/** Notes an upload's progress in the room now and then, one call at a time, without waiting. */
function progressNotes(
  deps: Pick<HttpDependencies, "decisions" | "report">,
  decisionId: string,
  number: number,
): (seen: Pick<RollProgress, "rows" | "refused" | "bytes">) => void {
  let notedRows = 0;
  let isOnItsWay = false;
  return (seen) => {
    if (isOnItsWay || seen.rows - notedRows < limits.rollNoteRows) return;
    notedRows = seen.rows;
    isOnItsWay = true;
    deps.decisions
      .noteRoll(decisionId, number, seen)
      .catch((error: unknown) => deps.report("roll.note_failed", error))
      .finally(() => {
        isOnItsWay = false;
      });
  };
}
