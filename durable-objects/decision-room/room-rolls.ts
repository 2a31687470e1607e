import type { Decision } from "../../src/decision/decision.ts";
import { adoptRoll, rollRefusal, type Transition } from "../../src/decision/lifecycle.ts";
import { isInRoom, planShardMap } from "../../src/decision/shard-map.ts";
import { joinShardRolls } from "../../src/decision/roll.ts";
import { voterIdFormOf } from "../../src/decision/voter-id-form.ts";
import { voterIdForms } from "../../src/voter-id/voter-id.ts";
import { sha256Hex } from "../../src/auth/digest.ts";
import type { RollAdoption } from "../../src/ports/decisions.ts";
import type {
  BeginRollReply,
  ContinueRollReply,
  RollPiece,
  RollProgress,
} from "../../src/ports/rolls.ts";
import { addRefusedRows, noRefusedRows } from "../../src/decision/refused-rows.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { makeVoterKey } from "./make-keys.ts";
import type { DecisionKeyStore } from "./decision-key-store.ts";
import type { KeptRollUpload, RollUploadStore } from "./roll-upload-store.ts";
import type { RoomStore } from "./room-store.ts";

/**
 * The imports of a decision's roll, as its room numbers them. Only the import that began last can
 * be adopted, and adopting is one write: a broken or superseded upload leaves the roll in force.
 * The progress of an upload as one body is kept in memory alone; of one in pieces what is in is
 * written with each piece, so that it goes on after whatever has broken it off.
 */
export class RoomRolls {
  readonly #store: RoomStore;
  readonly #keyStore: DecisionKeyStore;
  readonly #uploadStore: RollUploadStore;
  #progress: RollProgress | null = null;

  constructor(store: RoomStore, keyStore: DecisionKeyStore, uploadStore: RollUploadStore) {
    this.#store = store;
    this.#keyStore = keyStore;
    this.#uploadStore = uploadStore;
  }

  /** How far the upload under way is; null where there is none. */
  get progress(): RollProgress | null {
    const upload = this.#uploadStore.upload;
    const isOver = upload === null || upload.import === this.#store.decision?.roll?.import;
    if (isOver || this.#store.decision?.status !== "draft") return this.#progress;
    const { basis: _basis, refused, ...seen } = upload;
    return { ...seen, refused: refused.rows };
  }

  /** Begins an upload in pieces, in place of the one before. */
  beginInPieces(decision: Decision, now: number): BeginRollReply {
    const begun = this.begin(decision, now);
    if (begun.kind !== "begun") return begun;
    this.#progress = null;
    this.#uploadStore.keep({
      import: begun.roll.number,
      pieces: 0,
      rows: 0,
      bytes: 0,
      refused: noRefusedRows,
      startedAt: now,
      updatedAt: now,
      basis: basisOf(decision),
    });
    return begun;
  }

  /** The upload in pieces under this number, as it can go on. */
  continue(decision: Decision, number: number): ContinueRollReply {
    const code = rollRefusal(decision);
    if (code !== null) return { kind: "refused", code };
    const kept = this.#uploadStore.upload;
    if (kept?.import !== number || number !== this.#begun) return { kind: "superseded" };
    if (kept.basis !== basisOf(decision)) return { kind: "outdated" };
    const key = this.#keyStore.importKey;
    invariant(key?.generation === number, "an upload has the key of its import");
    const { basis: _basis, ...upload } = kept;
    const { draft } = decision;
    return {
      kind: "begun",
      roll: { number, inForce: decision.roll?.import ?? null },
      draft,
      shardMap: planShardMap(draft),
      decisionKey: key.decisionKey,
      upload,
    };
  }

  /** Notes that a piece is in; one that is known changes nothing. */
  takePiece(number: number, { piece, rows, bytes, refused }: RollPiece, now: number): void {
    const kept = this.#uploadStore.upload;
    if (kept?.import !== number || kept.pieces !== piece) return;
    const taken: KeptRollUpload = {
      ...kept,
      pieces: piece + 1,
      rows: kept.rows + rows,
      bytes: kept.bytes + bytes,
      refused: addRefusedRows(kept.refused, refused),
      updatedAt: now,
    };
    this.#uploadStore.keep(taken);
  }

  begin(decision: Decision, now: number): BeginRollReply {
    const code = rollRefusal(decision);
    if (code !== null) return { kind: "refused", code };
    const number = this.#begun + 1;
    const shardMap = planShardMap(decision.draft);
    const isOnlyInRoom = isInRoom(shardMap, 0);
    const key = makeVoterKey(number);
    this.#keyStore.keepImportKey(key);
    this.#store.marks.keep("rolls_begun", number);
    this.#store.marks.keep("last_roll_in_room", isOnlyInRoom ? 1 : 0);
    const form = voterIdFormOf(decision.draft);
    this.#store.marks.keep("last_roll_form", voterIdForms.indexOf(form));
    if (isOnlyInRoom) this.#store.marks.keep("roll_in_room", 1);
    else
      this.#store.marks.keep(
        "roll_shards",
        Math.max(this.#store.marks.get("roll_shards"), shardMap.length),
      );
    if (this.#uploadStore.upload !== null) this.#uploadStore.keep(null);
    this.#progress = {
      import: number,
      pieces: null,
      rows: 0,
      refused: 0,
      bytes: 0,
      startedAt: now,
      updatedAt: now,
    };
    const inForce = decision.roll?.import ?? null;
    const { draft } = decision;
    return {
      kind: "begun",
      roll: { number, inForce },
      draft,
      shardMap,
      decisionKey: key.decisionKey,
    };
  }

  /** Notes how far an upload is; that of an earlier one is ignored. */
  note(number: number, seen: Pick<RollProgress, "rows" | "refused" | "bytes">, now: number): void {
    if (this.#progress?.import !== number) return;
    this.#progress = { ...this.#progress, ...seen, updatedAt: now };
  }

  /** An upload is over, whatever became of it. */
  end(number: number): void {
    if (this.#progress?.import === number) this.#progress = null;
  }

  adopt(
    decision: Decision,
    number: number,
    { parts, placement, refused }: Pick<RollAdoption, "parts" | "placement" | "refused">,
  ): Transition {
    if (number !== this.#begun) return { refused: "roll.superseded" };
    const decisionId = decision.draft.id;
    const isOnlyInRoom = this.#store.marks.get("last_roll_in_room") === 1;
    const roll = joinShardRolls({
      decisionId,
      number,
      parts,
      isInRoom: isOnlyInRoom,
      placement,
      voterIds: voterIdForms[this.#store.marks.get("last_roll_form")] ?? "case_mapped",
      sha256: sha256Hex,
    });
    return adoptRoll(decision, refused.rows === 0 ? roll : { ...roll, refused });
  }

  /** An import's key is in force with it: pids of an earlier one are nobody's. */
  keepKeyInForce(number: number): void {
    const key = this.#keyStore.importKey;
    invariant(key?.generation === number, "only the import that began last is adopted");
    this.#keyStore.keep({ ...this.#keyStore.keys, ...key });
  }

  get #begun(): number {
    return Math.max(this.#store.marks.get("rolls_begun"), 0);
  }
}

/**
 * What an upload's rows are checked against and spread by: a draft that changes under it would put
 * voters into shards that are not theirs.
 */
function basisOf({ draft }: Decision): string {
  const regions = draft.regions.map(({ code }) => code);
  const { placement, disclosure } = draft;
  const basis = [planShardMap(draft), placement, regions, voterIdFormOf(draft), disclosure];
  return sha256Hex(JSON.stringify(basis));
}
