import { Trans } from "@lingui/react/macro";
import { useState } from "react";

/** The forms of files that are made here. */
export type SavedForm = "svg" | "png" | "csv";

export type SaveButtonsProps = {
  forms: readonly SavedForm[];
  onSave: (form: SavedForm) => Promise<void>;
};

/** A button for each form in which something can be saved. */
export function SaveButtons({ forms, onSave }: SaveButtonsProps) {
  const [isRefused, setIsRefused] = useState(false);
  return (
    <>
      <div className="actions">
        {forms.map((form) => (
          <button
            key={form}
            type="button"
            className="button quiet"
            onClick={() => {
              setIsRefused(false);
              onSave(form).catch(() => setIsRefused(true));
            }}
          >
            <SavedFormName form={form} />
          </button>
        ))}
      </div>
      <p className="quiet-line" role="status">
        {isRefused && <Trans>This browser could not make the file.</Trans>}
      </p>
    </>
  );
}

function SavedFormName({ form }: { form: SavedForm }) {
  if (form === "svg") return <Trans>Picture (SVG)</Trans>;
  return form === "png" ? <Trans>Picture (PNG)</Trans> : <Trans>Table (CSV)</Trans>;
}
