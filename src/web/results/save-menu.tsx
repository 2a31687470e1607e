import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { ResultToSave } from "../exports/save-result.ts";

const SaveResultButtons = lazy(() => import("./save-result-buttons.tsx"));

export type SaveMenuProps = ResultToSave & {
  /** The picture of the whole, or the regions as a picture and a table. */
  what: "board" | "regions";
};

/** The ways to save what is shown, which come once a reader opens them. */
export function SaveMenu(props: SaveMenuProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="save" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>
        {props.what === "board" ? <Trans>Save the result</Trans> : <Trans>Save the regions</Trans>}
      </summary>
      {isOpen && (
        <Suspense>
          <SaveResultButtons {...props} />
        </Suspense>
      )}
    </details>
  );
}
