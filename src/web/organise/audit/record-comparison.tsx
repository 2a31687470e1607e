import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Refusal } from "../../api/read-api.ts";
import { formatInteger } from "../../i18n/format.ts";
import { Loading } from "../../ui/loading.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { callApi } from "../api/organiser-api.ts";
import { compareShards, type ShardComparison } from "./compare-shards.ts";

/** What the record and the database hold of a decision, shard by shard. */
export function RecordComparison({ id }: { id: string }) {
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ["record-comparison", id],
    queryFn: ({ signal }) =>
      callApi("GET /api/v1/decisions/{decisionId}/audit", { path: { decisionId: id } }, { signal }),
    retry: false,
  });
  if (error instanceof Refusal && error.problem.code === "results.sealed") {
    return (
      <p>
        <Trans>
          This decision hides its counts until its close, from auditors too. Come back then.
        </Trans>
      </p>
    );
  }
  if (data === undefined)
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} isPart />;
  const shards = compareShards(data);
  const differing = shards.filter(({ state }) => state !== "same").length;
  const { archived, dead_letters: deadLetters } = data.database;
  return (
    <>
      <div className={`report-box ${differing === 0 ? "good" : "bad"}`} role="status">
        <p>
          {differing === 0 ? (
            <Trans>The database has as many ballots of each shard as the record.</Trans>
          ) : (
            <Plural
              value={differing}
              one="# shard differs. While votes come in that is usual for seconds."
              other="# shards differ. While votes come in that is usual for seconds."
            />
          )}
        </p>
        {deadLetters > 0 ? (
          <p>
            <Plural
              value={deadLetters}
              one="# ballot was refused by the database: see the dead letters."
              other="# ballots were refused by the database: see the dead letters."
            />
          </p>
        ) : null}
        {archived.length > 0 ? (
          <p>
            <Trans>
              Some ballots were archived by the operator, so their rows are missing here.
            </Trans>
          </p>
        ) : null}
      </div>
      <ShardTable shards={shards} />
      <p>
        <button
          type="button"
          className="button"
          disabled={isFetching}
          onClick={() => void refetch()}
        >
          <Trans>Compare again</Trans>
        </button>
      </p>
    </>
  );
}

function ShardTable({ shards }: { shards: readonly ShardComparison[] }) {
  const { i18n, t } = useLingui();
  const number = (value: number) => formatInteger(i18n, value);
  return (
    <table className="admin-table" aria-labelledby="comparison">
      <thead>
        <tr>
          <th scope="col">
            <Trans>Shard</Trans>
          </th>
          <th scope="col" className="number">
            <Trans>Ballots in the record</Trans>
          </th>
          <th scope="col" className="number">
            <Trans>Without a gap in the database</Trans>
          </th>
          <th scope="col" className="number">
            <Trans>Rows in the database</Trans>
          </th>
          <th scope="col">
            <Trans>State</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {shards.map(({ shard, recorded, stored, rows, isSealed, drainFailure, state }) => (
          <tr key={shard}>
            <th scope="row" data-label={t`Shard`}>
              {shard}
            </th>
            <td className="number" data-label={t`Ballots in the record`}>
              {number(recorded)}
            </td>
            <td className="number" data-label={t`Without a gap in the database`}>
              {number(stored)}
            </td>
            <td className="number" data-label={t`Rows in the database`}>
              {number(rows)}
            </td>
            <td data-label={t`State`}>
              {state === "same" ? <Trans>the same</Trans> : null}
              {state === "behind" ? <Trans>database behind</Trans> : null}
              {state === "foreign" ? (
                <Trans>database has rows that the record has not</Trans>
              ) : null}
              {isSealed ? <Trans>, sealed</Trans> : null}
              {drainFailure === null ? null : <bdi lang="en">: {drainFailure}</bdi>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
