import { pseudonym } from "../../auth/pseudonym.ts";
import { readRoll } from "../../roll/read-roll.ts";
import { RollReport } from "../../roll/roll-report.ts";
import { RollRefused } from "../../roll/row-problem.ts";
import { ShardBatches } from "../../roll/shard-batches.ts";
import { limits } from "../../shared/limits.ts";
import type { ContinueRollReply, RollPiece } from "../../ports/rolls.ts";
import type { HttpDependencies } from "../../ports/http-dependencies.ts";
import { rowRulesOf } from "./import-roll.ts";
import { orSuperseded } from "./seal-roll.ts";

export type ContinuedRoll = Extract<ContinueRollReply, { kind: "begun" }>;

/** A piece as it came: CSV with a header of its own. */
export interface PieceBody {
  piece: number;
  body: ReadableStream<Uint8Array>;
  bytesStated: number | null;
  /** The line of the organiser's file that the piece's first row stood in. */
  firstLine: number;
  ignored: ReadonlySet<string>;
}

/** The header is a piece's first line. */
const firstRowLine = 2;

/**
 * Loads a piece of an upload into the shards. The same piece may be sent again: what of it a shard
 * has is not loaded twice, and it comes to the same.
 * @throws {RollRefused}
 */
export async function importRollPiece(
  deps: Pick<HttpDependencies, "rolls">,
  { roll, draft, shardMap, decisionKey, upload }: ContinuedRoll,
  { piece, body, bytesStated, firstLine, ignored }: PieceBody,
): Promise<RollPiece> {
  const plan = { decisionId: draft.id, shardMap };
  const report = new RollReport();
  const lineOf = (line: number): number => line - firstRowLine + firstLine;
  const batches = new ShardBatches(
    { shardMap, placement: draft.placement },
    async (shard, rows, batch) =>
      orSuperseded(await deps.rolls.load({ plan, shard, roll, rows, batch: { piece, batch } })),
    (line) => report.refuse(lineOf(line), "voter_id.duplicate"),
  );
  let bytes = 0;
  await readRoll(body, {
    ...rowRulesOf(draft, ignored),
    format: "csv",
    bytesMax: limits.rollPieceBytesMax,
    bytesStated,
    report: {
      get rows() {
        return report.rows;
      },
      set rows(rows) {
        report.rows = rows;
      },
      refuse: (line, code) => report.refuse(lineOf(line), code),
    },
    take: ({ voterId, ...entry }, line) =>
      batches.add(pseudonym(decisionKey, voterId), entry, line),
    async afterChunk(read) {
      bytes = read;
      await batches.sendFull();
    },
  });
  if (upload.rows + report.rows > limits.rollRowsMax) throw new RollRefused("roll.too_many_rows");
  if (upload.bytes + bytes > limits.rollUploadBytesMax) throw new RollRefused("body.too_large");
  await batches.finish();
  return { piece, rows: report.rows, bytes, refused: report.toldRows };
}
