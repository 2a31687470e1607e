import {
  normalizeVoterId,
  voterIdFaults,
  type NormalVoterId,
  type VoterIdForm,
} from "../../voter-id/voter-id.ts";
import { Problem } from "../problem.ts";

/** The items of a request that each name a voter, and what becomes of them. */
interface VoterItems<Item, Mapped> {
  items: readonly Item[];
  /** The form that the decision has its voter_ids in. */
  form: VoterIdForm;
  voterIdOf: (item: Item) => string;
  /** Where the voter_id of an item stands in the body (RFC 6901). */
  pointerTo: (index: number) => string;
  map: (voterId: NormalVoterId, item: Item, index: number) => Mapped;
}

/**
 * Maps the items of a request with the one spelling of each one's voter_id, in their order.
 * @throws {Problem} voter.invalid_id, which names every voter_id that is none
 */
export function mapVoters<Item, Mapped>(given: VoterItems<Item, Mapped>): Mapped[] {
  const { items, form, voterIdOf, pointerTo, map } = given;
  const mapped: Mapped[] = [];
  const errors: { pointer: string; detail: string }[] = [];
  for (const [index, item] of items.entries()) {
    const voterId = normalizeVoterId(voterIdOf(item), form);
    if (typeof voterId !== "string")
      errors.push({ pointer: pointerTo(index), detail: voterIdFaults[voterId.code] });
    else if (errors.length === 0) mapped.push(map(voterId, item, index));
  }
  if (errors.length > 0) throw new Problem("voter.invalid_id", { errors });
  return mapped;
}
