import { Trans } from "@lingui/react/macro";

/** Where those who run decisions begin. */
export default function StartPage() {
  return (
    <h1>
      <Trans>My decisions</Trans>
    </h1>
  );
}
