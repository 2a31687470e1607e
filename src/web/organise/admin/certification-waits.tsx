import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Loading } from "../../ui/loading.tsx";
import { Moment } from "../../ui/moment.tsx";
import { ReadFailure } from "../../ui/read-failure.tsx";
import { callApi } from "../api/organiser-api.ts";
import { certificationWaitWords } from "./certification-words.ts";

const refreshMs = 15_000;

/** What a decision that is over waits for before it is certified. */
export function CertificationWaits({ id }: { id: string }) {
  const { i18n } = useLingui();
  const { data, error, refetch } = useQuery({
    queryKey: ["certification", id],
    queryFn: ({ signal }) =>
      callApi(
        "GET /api/v1/decisions/{decisionId}/certification",
        { path: { decisionId: id } },
        { signal },
      ),
    refetchInterval: refreshMs,
  });
  if (data === undefined)
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} isPart />;
  if (data.certified_at !== null) {
    return (
      <p>
        <Trans>
          Certified <Moment iso={data.certified_at} />
        </Trans>
      </p>
    );
  }
  return (
    <>
      {data.waits_for.length === 0 ? (
        <p>
          <Trans>It is not over: nothing is to be certified yet.</Trans>
        </p>
      ) : null}
      <ul>
        {data.waits_for.map((wait) => (
          <li key={wait.cause}>{certificationWaitWords(i18n, wait)}</li>
        ))}
      </ul>
      {data.row_check === "rebuild" ? (
        <p role="status">
          <Trans>It is being sent to the database again now.</Trans>
        </p>
      ) : null}
    </>
  );
}
