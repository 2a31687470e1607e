import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { ResultButtonsProps } from "./save-result-buttons.tsx";

const SaveResultButtons = lazy(() => import("./save-result-buttons.tsx"));

/** The ways to save what is shown, which come once a reader opens them. */
export function SaveMenu(props: ResultButtonsProps) {
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
