import { noRefusedRows } from "../../decision/refused-rows.ts";
import type { RefusedRows, Roll } from "../../decision/roll.ts";
import type { RollProgress } from "../../ports/rolls.ts";

type ShownRoll = Omit<Roll, "refused"> & { refused?: RefusedRows | undefined };

/** The figures of a roll, as the API says them. */
export function viewRoll(roll: ShownRoll, hash: string | null) {
  const { import: number, voters, weight, refused = noRefusedRows } = roll;
  const { rows, reasons, problems } = refused;
  const shown = { rows, reasons: [...reasons], problems: [...problems] };
  const regions = [...roll.regions];
  const fewestAlike = roll.fewestAlike === null ? null : [...roll.fewestAlike];
  const figures = { voters, weight, regions, fewest_alike: fewestAlike };
  return { import: number, hash, ...figures, refused: shown };
}

/** How far an upload is, as the API says it. */
export function viewUpload({ startedAt, updatedAt, ...seen }: RollProgress) {
  return {
    ...seen,
    started_at: new Date(startedAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
}
