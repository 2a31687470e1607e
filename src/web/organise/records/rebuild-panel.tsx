import { Trans } from "@lingui/react/macro";
import { RebuildButton } from "../admin/rebuild-button.tsx";

/** Where lists and exports come from, and how they are made again; for administrators. */
export function RebuildPanel({ id }: { id: string }) {
  return (
    <section className="running-part" aria-labelledby="rebuild-title">
      <h2 id="rebuild-title">
        <Trans>Lists and exports</Trans>
      </h2>
      <p>
        <Trans>
          They come from the database, which is made from the record. Where they are wrong, write
          them again.
        </Trans>
      </p>
      <RebuildButton id={id} />
    </section>
  );
}
