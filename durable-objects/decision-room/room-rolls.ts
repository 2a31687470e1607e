import type { Decision } from "../../src/decision/decision.ts";
import { adoptRoll, rollRefusal, type Transition } from "../../src/decision/lifecycle.ts";
import { isInRoom, planShardMap } from "../../src/decision/shard-map.ts";
import { joinShardRolls } from "../../src/decision/roll.ts";
import { voterIdFormOf } from "../../src/decision/voter-id-form.ts";
import { voterIdForms } from "../../src/voter-id/voter-id.ts";
import { sha256Hex } from "../../src/auth/digest.ts";
import type { RollAdoption } from "../../src/ports/decisions.ts";
import type { BeginRollReply, RollProgress } from "../../src/ports/rolls.ts";
import { invariant } from "../../src/shared/invariant.ts";
import { makeVoterKey } from "./make-keys.ts";
import type { RoomStore } from "./room-store.ts";

/**
 * The imports of a decision's roll, as its room numbers them. Only the import that began last can
 * be adopted, and adopting is one write: a broken or superseded upload leaves the roll in force.
 * The progress of an upload is kept in memory alone.
 */
export class RoomRolls {
  readonly #store: RoomStore;
  progress: RollProgress | null = null;

  constructor(store: RoomStore) {
    this.#store = store;
  }

  begin(decision: Decision, now: number): BeginRollReply {
    const code = rollRefusal(decision);
    if (code !== null) return { kind: "refused", code };
    const number = this.#begun + 1;
    const { shards } = decision.draft;
    const shardMap = planShardMap(decision.draft);
    const isOnlyInRoom = isInRoom(shardMap, 0);
    const key = makeVoterKey(number);
    this.#store.keepImportKey(key);
    this.#store.keepMark("rolls_begun", number);
    this.#store.keepMark("last_roll_in_room", isOnlyInRoom ? 1 : 0);
    const form = voterIdFormOf(decision.draft);
    this.#store.keepMark("last_roll_form", voterIdForms.indexOf(form));
    if (isOnlyInRoom) this.#store.keepMark("roll_in_room", 1);
    else this.#store.keepMark("roll_shards", Math.max(this.#store.mark("roll_shards"), shards));
    this.progress = {
      import: number,
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
    if (this.progress?.import !== number) return;
    this.progress = { ...this.progress, ...seen, updatedAt: now };
  }

  /** An upload is over, whatever became of it. */
  end(number: number): void {
    if (this.progress?.import === number) this.progress = null;
  }

  adopt(
    decision: Decision,
    number: number,
    { parts, refused }: Pick<RollAdoption, "parts" | "refused">,
  ): Transition {
    if (number !== this.#begun) return { refused: "roll.superseded" };
    const decisionId = decision.draft.id;
    const isOnlyInRoom = this.#store.mark("last_roll_in_room") === 1;
    const roll = joinShardRolls({
      decisionId,
      number,
      parts,
      isInRoom: isOnlyInRoom,
      voterIds: voterIdForms[this.#store.mark("last_roll_form")] ?? "case_mapped",
      sha256: sha256Hex,
    });
    return adoptRoll(decision, refused.rows === 0 ? roll : { ...roll, refused });
  }

  /** An import's key is in force with it: pids of an earlier one are nobody's. */
  keepKeyInForce(number: number): void {
    const key = this.#store.importKey;
    invariant(key?.generation === number, "only the import that began last is adopted");
    this.#store.keepKeys({ ...this.#store.keys, ...key });
  }

  get #begun(): number {
    return Math.max(this.#store.mark("rolls_begun"), 0);
  }
}
