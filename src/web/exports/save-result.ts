import type { I18n } from "@lingui/core";
import { decisionAddress } from "../app/addresses.ts";
import type { ApiDecision } from "../contract.ts";
import { decisionTexts } from "../decision/decision-texts.ts";
import type { CountMeasure } from "../results/measure.ts";
import type { HeldResults } from "../results/merge-results.ts";
import type { SavedForm } from "../results/save-buttons.tsx";
import { rankRegions } from "../results/rank-regions.ts";
import { boardPicture } from "./board-picture.ts";
import type { PictureSubject } from "./picture-frame.ts";
import type { Picture } from "./picture.ts";
import { pngBlob } from "./png-blob.ts";
import { regionsCsv, turnoutCsv } from "./regions-csv.ts";
import { regionsPicture } from "./regions-picture.ts";
import { saveFile } from "./save-file.ts";
import { svgText } from "./svg-text.ts";

export interface ResultToSave {
  decision: ApiDecision;
  results: HeldResults;
  /** What the rule counts: a board of each, and the regions in the first. */
  measures: readonly CountMeasure[];
}

/** Saves a board as a picture, as it is at this moment. */
export async function saveBoard(
  i18n: I18n,
  { decision, results, measures }: ResultToSave,
  form: Exclude<SavedForm, "csv">,
): Promise<void> {
  if (results.shows !== "counts") return;
  for (const measure of measures) {
    const subject = { ...subjectOf(i18n, decision, results), result: results, measure };
    const what = measure === "weight" ? "result-by-weight" : "result";
    await savePicture(fileNameOf(decision, results, what), boardPicture(i18n, subject), form);
  }
}

/** Saves the regions that are shown, as a picture or a table. */
export async function saveRegions(
  i18n: I18n,
  { decision, results, measures: [measure = "ballots"] }: ResultToSave,
  form: SavedForm,
): Promise<void> {
  if (results.shows === "nothing") return;
  const name = fileNameOf(decision, results, "regions");
  if (results.shows === "turnout") {
    saveCsv(name, turnoutCsv(results, decision.regions));
    return;
  }
  const known = new Set(results.regions.map(({ region }) => region));
  const named = decision.regions.filter(({ code }) => known.has(code));
  const regions = rankRegions(named, results.regions, measure);
  if (form === "csv") saveCsv(name, regionsCsv(results, regions));
  else {
    const subject = { ...subjectOf(i18n, decision, results), regions };
    await savePicture(name, regionsPicture(i18n, subject), form);
  }
}

/** Saves a picture in the form that was asked for. */
export async function savePicture(
  name: string,
  picture: Picture,
  form: Exclude<SavedForm, "csv">,
): Promise<void> {
  const blob =
    form === "svg"
      ? new Blob([svgText(picture)], { type: "image/svg+xml" })
      : await pngBlob(picture);
  saveFile(`${name}.${form}`, blob);
}

/** Saves a table. */
export function saveCsv(name: string, text: string): void {
  saveFile(`${name}.csv`, new Blob([text], { type: "text/csv" }));
}

/** A file's name says of which decision and which moment it is, and whether it is a rehearsal's. */
export function fileNameOf(
  { id, rehearsal }: ApiDecision,
  { as_of: asOf }: Pick<HeldResults, "as_of">,
  what: string,
): string {
  return `${id}-${rehearsal ? "rehearsal-" : ""}${what}-${asOf.replaceAll(/[:.]/g, "-")}`;
}

/** What a picture says of its decision and its moment. */
export function subjectOf(
  i18n: I18n,
  decision: ApiDecision,
  { as_of: asOf, final: isFinal }: Pick<HeldResults, "as_of" | "final">,
): PictureSubject {
  const { title } = decisionTexts(i18n, decision);
  return {
    title,
    address: new URL(decisionAddress(decision.id), location.origin).href,
    asOf,
    isFinal,
    isRehearsal: decision.rehearsal,
  };
}
