import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { formatInteger } from "../../i18n/format.ts";
import { Loading } from "../../ui/loading.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { callApi } from "../api/organiser-api.ts";
import { SaveRowsButton } from "../audit/save-rows-button.tsx";
import { readRecordedIds } from "../audit/save-shards.ts";
import { useSession } from "../session/use-session.ts";
import "./admin.css";
import { NotYours } from "./not-yours.tsx";
import { isProblemCause, readinessCauseWords, type DeploymentState } from "./readiness-words.ts";
import { SearchIndexPanel } from "./search-index-panel.tsx";
import { UncertifiedDecisions } from "./uncertified-decisions.tsx";

const refreshMs = 15_000;

/** How the deployment does, and what waits. */
export default function ServicePage() {
  const { role } = useSession();
  return role === "organiser" ? <NotYours /> : <Service />;
}

function Service() {
  const { role } = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ["service"],
    queryFn: ({ signal }) => callApi("GET /api/v1/service", {}, { signal }),
    refetchInterval: refreshMs,
  });
  return (
    <>
      <header className="admin-head">
        <h1>
          <Trans>How the service does</Trans>
        </h1>
        <p>
          <Trans>
            Votes are taken as long as the record works, whatever stands here. Lists, exports and
            certificates need the rest.
          </Trans>
        </p>
      </header>
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined && error !== null ? (
        <ReadFailure error={error} onRetry={refetch} isPart />
      ) : null}
      {data === undefined ? null : <ServiceReport state={data} />}
      <UncertifiedDecisions />
      {role === "admin" && data !== undefined && data.search.kind !== "none" ? (
        <SearchIndexPanel />
      ) : null}
      <section className="admin-part" aria-labelledby="recorded-ids">
        <h2 id="recorded-ids">
          <Trans>Decisions in the record</Trans>
        </h2>
        <p>
          <Trans>
            The record knows the id of every decision that was ever created, drafts too. An audit
            starts from these, and not from the lists of the database.
          </Trans>
        </p>
        <p>
          <SaveRowsButton fileName="decision-ids.ndjson" read={readRecordedIds}>
            <Trans>Save all ids</Trans>
          </SaveRowsButton>
        </p>
      </section>
    </>
  );
}

function ServiceReport({ state }: { state: DeploymentState }) {
  const { i18n } = useLingui();
  const problems = state.causes.filter(isProblemCause);
  const warnings = state.causes.filter((cause) => !isProblemCause(cause));
  return (
    <>
      <div className={`report-box ${state.ready ? "good" : "bad"}`} role="status">
        <h2>
          {state.ready ? <Trans>All of it works</Trans> : <Trans>Some of it does not work</Trans>}
        </h2>
        <p>
          <Trans>
            Looked at <Moment iso={state.looked_at} show="clock" />; it is looked at again every 15
            seconds.
          </Trans>
        </p>
      </div>
      {[...problems, ...warnings].length === 0 ? null : (
        <section className="admin-part" aria-labelledby="causes">
          <h2 id="causes">
            <Trans>What is to be done</Trans>
          </h2>
          <ul className="cause-list">
            {[...problems, ...warnings].map((cause) => {
              const { what, next } = readinessCauseWords(i18n, cause);
              return (
                <li key={`${cause.code} ${cause.detail}`}>
                  <p>
                    <b>{what}</b>
                  </p>
                  <p>{next}</p>
                  {cause.detail === null ? null : (
                    <p className="form-hint">
                      <Trans>
                        As it was met: <bdi lang="en">{cause.detail}</bdi>
                      </Trans>
                    </p>
                  )}
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <ServiceFacts state={state} />
    </>
  );
}

const databaseNames = { d1: "D1", postgres: "Postgres", misconfigured: "–" } as const;

function ServiceFacts({ state }: { state: DeploymentState }) {
  const { i18n } = useLingui();
  const { database, vote_log: log, certification, cache, release } = state;
  const unknown = <Trans>not known</Trans>;
  const digits = (value: number | null) => (value === null ? unknown : formatInteger(i18n, value));
  const lag = log.lag_ballots === null ? "" : formatInteger(i18n, log.lag_ballots);
  const minutes = log.oldest_minutes;
  const percent = database.used_percent;
  const gigabytes = formatInteger(i18n, Math.round((database.bytes_max ?? 0) / 1e9));
  return (
    <section className="admin-part" aria-labelledby="facts">
      <h2 id="facts">
        <Trans>Facts</Trans>
      </h2>
      <dl className="fact-list">
        <dt>
          <Trans>Release</Trans>
        </dt>
        <dd>{release}</dd>
        <dt>
          <Trans>Database</Trans>
        </dt>
        <dd>{databaseNames[database.kind]}</dd>
        {percent === null ? null : (
          <>
            <dt>
              <Trans>Room that is used</Trans>
            </dt>
            <dd>
              {percent < 1 ? (
                <Trans>Less than 1% of {gigabytes} GB</Trans>
              ) : (
                <Trans>
                  {percent}% of {gigabytes} GB
                </Trans>
              )}
            </dd>
          </>
        )}
        <dt>
          <Trans>Open dead letters</Trans>
        </dt>
        <dd>{digits(database.dead_letters)}</dd>
        <dt>
          <Trans>Ballots on their way to the database</Trans>
        </dt>
        <dd>
          {log.lag_ballots === null ? unknown : null}
          {log.lag_ballots === 0 ? <Trans>None that has waited for long</Trans> : null}
          {(log.lag_ballots ?? 0) > 0 ? (
            <Trans>
              At least {lag}, the oldest for {minutes} minutes
            </Trans>
          ) : null}
        </dd>
        <dt>
          <Trans>Decisions that wait for long to be certified</Trans>
        </dt>
        <dd>{digits(certification.waiting)}</dd>
        <dt>
          <Trans>Cache of results</Trans>
        </dt>
        <dd>
          {cache === "off" ? <Trans>None: it is not needed</Trans> : null}
          {cache === "ok" ? <Trans>Works</Trans> : null}
          {cache !== "off" && cache !== "ok" ? <Trans>Does not work</Trans> : null}
        </dd>
      </dl>
    </section>
  );
}
