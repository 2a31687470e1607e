import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useReadApi } from "../api/read-api-context.ts";
import type { PageModule } from "../app/page-module.ts";
import { Loading } from "../ui/loading.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { asLastRead } from "./as-last-read.ts";
import { CheckedDecisions } from "./checked-decisions.tsx";
import { ServiceParts } from "./service-parts.tsx";
import { serviceStateWords } from "./state-words.ts";
import { statusQuery } from "./status-query.ts";
import { StatusSummary } from "./status-summary.tsx";
import { useSilence } from "./use-silence.ts";
import "./status.css";

/** Whether the counts agree at every step, from the vote to the publication. */
function StatusPage() {
  const { data, error, refetch, dataUpdatedAt } = useQuery(statusQuery(useReadApi()));
  const isSilent = useSilence(dataUpdatedAt);
  if (data === undefined) {
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  }
  const status = isSilent ? asLastRead(data) : data;
  return (
    <div className="service-status">
      <header className="service-status-head">
        <h1>
          <Trans>Status</Trans>
        </h1>
        <StatusSummary status={status} />
      </header>
      <CheckedDecisions status={status} />
      <ServiceParts status={status} />
    </div>
  );
}

const page: PageModule = {
  Page: StatusPage,
  load: ({ queryClient, ask }) => queryClient.prefetchQuery(statusQuery(ask)),
  summarize: ({ queryClient, i18n }) => {
    const status = queryClient.getQueryData<{ state: keyof typeof serviceStateWords }>(["status"]);
    const title = t(i18n)`Status · Enviro-Governance`;
    const description =
      status === undefined ? undefined : i18n._(serviceStateWords[status.state].title);
    return description === undefined ? { title } : { title, description };
  },
};
export default page;
