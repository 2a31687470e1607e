import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { eventsQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { Moment } from "../ui/moment.tsx";
import { eventLines } from "./event-lines.ts";

/** The public part of a decision's audit log, in words, as far as it was asked for. */
export default function EventLog({ id }: { id: string }) {
  const { i18n } = useLingui();
  const log = useInfiniteQuery(eventsQuery(useReadApi(), id));
  if (log.isPending) {
    return (
      <p role="status">
        <Trans>Reading …</Trans>
      </p>
    );
  }
  const lines = eventLines(i18n, log.data?.pages.flatMap(({ entries }) => entries) ?? []);
  return (
    <>
      <ol className="event-lines">
        {lines.map(({ at, text }) => (
          <li key={`${at} ${text}`}>
            <Moment iso={at} /> {text}
          </li>
        ))}
      </ol>
      {log.isError && (
        <p role="alert">
          <Trans>It can’t be read right now.</Trans>
        </p>
      )}
      {(log.hasNextPage || log.isError) && (
        <button
          type="button"
          className="button quiet"
          onClick={() => void (log.data === undefined ? log.refetch() : log.fetchNextPage())}
        >
          {log.isError ? <Trans>Try again</Trans> : <Trans>Show more</Trans>}
        </button>
      )}
    </>
  );
}
