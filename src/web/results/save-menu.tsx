import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { ResultToSave, SavedForm } from "../exports/save-result.ts";

export type SaveMenuProps = ResultToSave & {
  /** The picture of the whole, or the regions as a picture and a table. */
  what: "board" | "regions";
};

/** Saves what is shown, as it is at that moment: pictures as SVG and PNG, tables as CSV. */
export function SaveMenu({ what, ...result }: SaveMenuProps) {
  const { i18n } = useLingui();
  const [isRefused, setIsRefused] = useState(false);
  const save = async (form: SavedForm): Promise<void> => {
    // Most readers save nothing: what makes the files comes when it is asked for.
    const { saveBoard, saveRegions } = await import("../exports/save-result.ts");
    if (what === "regions") await saveRegions(i18n, result, form);
    else if (form !== "csv") await saveBoard(i18n, result, form);
  };
  const forms: SavedForm[] = [];
  if (result.results.shows === "counts") forms.push("svg", "png");
  if (what === "regions") forms.push("csv");
  return (
    <details className="save">
      <summary>
        {what === "board" ? <Trans>Save the result</Trans> : <Trans>Save the regions</Trans>}
      </summary>
      <div className="actions">
        {forms.map((form) => (
          <button
            key={form}
            type="button"
            className="button quiet"
            onClick={() => {
              setIsRefused(false);
              save(form).catch(() => setIsRefused(true));
            }}
          >
            <SavedFormName form={form} />
          </button>
        ))}
      </div>
      <p className="quiet-line" role="status">
        {isRefused && <Trans>This browser could not make the file.</Trans>}
      </p>
    </details>
  );
}

function SavedFormName({ form }: { form: SavedForm }) {
  if (form === "svg") return <Trans>Picture (SVG)</Trans>;
  return form === "png" ? <Trans>Picture (PNG)</Trans> : <Trans>Table (CSV)</Trans>;
}
