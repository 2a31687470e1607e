import type { I18n } from "@lingui/core";
import type { ApiDecision, TurnoutSeries } from "../contract.ts";
import type { SavedForm } from "../results/save-buttons.tsx";
import { csvText } from "./csv-text.ts";
import { fileNameOf, saveCsv, savePicture, subjectOf } from "./save-result.ts";
import { turnoutPicture } from "./turnout-picture.ts";

export interface TurnoutToSave {
  decision: ApiDecision;
  series: TurnoutSeries;
}

/** Saves turnout over time, as a picture or a table. */
export async function saveTurnout(
  i18n: I18n,
  { decision, series }: TurnoutToSave,
  form: SavedForm,
): Promise<void> {
  const name = fileNameOf(decision, series, "turnout");
  if (form === "csv") saveCsv(name, turnoutPointsCsv(series));
  else {
    const { opens_at: opensAt } = decision;
    const subject = { ...subjectOf(i18n, decision, series), series, opensAt };
    await savePicture(name, turnoutPicture(i18n, subject), form);
  }
}

/** Turnout over time as a table; the names of its columns are those of the API. */
export function turnoutPointsCsv({ points }: Pick<TurnoutSeries, "points">): string {
  return csvText([
    ["at", "voters", "weight"],
    ...points.map(({ at, voters, weight }) => [at, voters, weight]),
  ]);
}
