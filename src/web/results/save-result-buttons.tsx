import { useLingui } from "@lingui/react/macro";
import type { ResultToSave } from "../exports/save-result.ts";
import { SaveButtons, type SavedForm } from "./save-buttons.tsx";

export type ResultButtonsProps = ResultToSave & {
  /** The picture of the whole, or the regions as a picture and a table. */
  what: "board" | "regions";
};

/** Saves what is shown, as it is at that moment: pictures as SVG and PNG, tables as CSV. */
export default function SaveResultButtons({ what, ...result }: ResultButtonsProps) {
  const { i18n } = useLingui();
  const save = async (form: SavedForm): Promise<void> => {
    // Most readers save nothing: what makes the files comes when it is asked for.
    const { saveBoard, saveRegions } = await import("../exports/save-result.ts");
    if (what === "regions") await saveRegions(i18n, result, form);
    else if (form !== "csv") await saveBoard(i18n, result, form);
  };
  const forms: SavedForm[] = [];
  if (result.results.shows === "counts") forms.push("svg", "png");
  if (what === "regions") forms.push("csv");
  return <SaveButtons forms={forms} onSave={save} />;
}
