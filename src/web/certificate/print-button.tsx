import { Trans } from "@lingui/react/macro";
import { useSyncExternalStore } from "react";

const neverChanges = () => () => undefined;

/** Prints the page. Without scripts it is not there: a browser's own menu prints as well. */
export function PrintButton() {
  const canPrint = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  if (!canPrint) return null;
  return (
    <button type="button" className="button certificate-print" onClick={() => print()}>
      <Trans>Print, or keep as PDF</Trans>
    </button>
  );
}
