import { useLingui } from "@lingui/react/macro";
import { Announcer } from "../ui/announcer.tsx";
import { useTimeZone } from "../i18n/use-time-zone.ts";
import { connectionWords, freshnessWords } from "./freshness.ts";
import type { LiveState } from "./live-store.ts";
import { useNow } from "./use-now.ts";

export type FreshnessLineProps = { state: LiveState };

/**
 * The line that says how fresh a result is. It ticks, so screen readers are told of no tick, but once
 * when the server has fallen silent.
 */
export function FreshnessLine({ state: { connection, results, clock } }: FreshnessLineProps) {
  const { i18n, t } = useLingui();
  const now = useNow();
  const timeZone = useTimeZone();
  const isSilent = connection.kind === "stalled" || connection.kind === "waiting";
  return (
    <>
      <p className="freshness" data-connection={connection.kind}>
        <span className="pulse" aria-hidden="true" />
        <span className="connection">{connectionWords(i18n, connection, now)}</span>
        {results !== null && (
          <time className="as-of" dateTime={results.as_of}>
            {freshnessWords(i18n, { results, clock, now, timeZone })}
          </time>
        )}
      </p>
      <Announcer
        quietMs={0}
        text={isSilent ? t`The server does not answer. The figures may have moved since.` : ""}
      />
    </>
  );
}
