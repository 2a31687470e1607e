import { Trans } from "@lingui/react/macro";

/** Stands where something is read. It says so after a while only: most of it comes at once. */
export function Loading() {
  return (
    <p className="loading" aria-busy="true">
      <Trans>Loading …</Trans>
    </p>
  );
}
