import { Plural, Trans } from "@lingui/react/macro";

/** What it means that figures are released: how they move, and why they do not follow each vote. */
export function ReleaseNote({ releaseMin }: { releaseMin: number }) {
  return (
    <details className="release-note">
      <summary>
        <Trans>What “released” means</Trans>
      </summary>
      <p>
        <Trans>
          A figure that moved with each vote would tell how somebody voted. So the figures of a
          region move only once{" "}
          <Plural
            value={releaseMin}
            one="at least # more voter has"
            other="at least # more voters have"
          />{" "}
          voted in it, and then they show how it stood one step before. They are exact for that
          moment. When the next step comes, nobody is told, not even the organiser.
        </Trans>
      </p>
      <p>
        <Trans>
          The whole is the sum of the regions that are shown. Once voting has closed every figure is
          exact.
        </Trans>
      </p>
    </details>
  );
}
