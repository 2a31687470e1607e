import { Trans } from "@lingui/react/macro";
import { Moment } from "../ui/moment.tsx";

/** An index that heard of nothing for so long is behind: it hears of the time each minute. */
const behindMs = 5 * 60_000;

export type IndexFreshnessProps = {
  /** What had changed until then is in what is shown; null where nothing was ever indexed. */
  indexedTo: string | null;
  /** How long that was ago when the index was asked, in ms. */
  ageMs: number | null;
};

/** How fresh what an index says is. */
export function IndexFreshness({ indexedTo, ageMs }: IndexFreshnessProps) {
  if (indexedTo === null) {
    return (
      <p className="quiet-line">
        <Trans>Nothing has been indexed yet. Look again in a minute.</Trans>
      </p>
    );
  }
  const moment = <Moment iso={indexedTo} />;
  return (
    <p className="quiet-line">
      {(ageMs ?? 0) > behindMs ? (
        <Trans>As of {moment}. The index is behind: what has changed since is not in it yet.</Trans>
      ) : (
        <Trans>As of {moment}.</Trans>
      )}
    </p>
  );
}
