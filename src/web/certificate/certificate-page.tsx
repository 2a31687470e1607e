import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "wouter";
import { decisionQuery, outcomeQuery, ruleQuery, signingKeysQuery } from "../api/queries.ts";
import type { ReadApi } from "../api/read-api.ts";
import { useReadApi } from "../api/read-api-context.ts";
import { decisionAddress } from "../app/addresses.ts";
import type { PageLoad, PageModule } from "../app/page-module.ts";
import type { ApiDecision } from "../contract.ts";
import { useDecisionTexts } from "../decision/decision-texts.ts";
import { RehearsalNote } from "../decision/rehearsal-note.tsx";
import { soleTitle } from "../decision/rehearsal-words.ts";
import { Loading } from "../ui/loading.tsx";
import { Notice } from "../ui/notice.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import { Certificate } from "./certificate.tsx";
import "./certificate.css";

function CertificatePage() {
  const { id = "" } = useParams();
  const { data: decision, error, refetch } = useQuery(decisionQuery(useReadApi(), id));
  if (decision === undefined) {
    return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
  }
  if (decision.status !== "certified") return <NotCertified decision={decision} />;
  return <CertifiedDecision decision={decision} />;
}

function CertifiedDecision({ decision }: { decision: ApiDecision }) {
  const ask = useReadApi();
  const outcome = useQuery(outcomeQuery(ask, decision.id));
  const keys = useQuery(signingKeysQuery(ask));
  if (outcome.data === undefined) {
    if (outcome.error === null) return <Loading />;
    return <ReadFailure error={outcome.error} onRetry={outcome.refetch} />;
  }
  const keyId = outcome.data.signature?.key_id;
  const key = keys.data?.keys.find(({ kid }) => kid === keyId) ?? null;
  return <Certificate decision={decision} outcome={outcome.data} publicKey={key?.x ?? null} />;
}

function NotCertified({ decision }: { decision: ApiDecision }) {
  const { id, status } = decision;
  const { title, language } = useDecisionTexts(decision);
  return (
    <Notice title={<Trans>There is no certificate yet</Trans>} isPage>
      <p dir="auto" lang={language}>
        {title}
      </p>
      <RehearsalNote decision={decision} />
      <p>
        {status === "cancelled" ? (
          <Trans>This decision was cancelled, so it has no result to certify.</Trans>
        ) : (
          <Trans>
            A certificate is made once voting has closed and the published votes are complete.
          </Trans>
        )}
      </p>
      <Link className="button" href={decisionAddress(id)}>
        <Trans>To the decision</Trans>
      </Link>
    </Notice>
  );
}

async function loadCertificate({ queryClient, ask, params }: PageLoad & { ask: ReadApi }) {
  const id = params["id"] ?? "";
  const { queryKey } = decisionQuery(ask, id);
  await queryClient.prefetchQuery(decisionQuery(ask, id));
  if (queryClient.getQueryData(queryKey)?.status !== "certified") return;
  await Promise.all([
    queryClient.prefetchQuery(outcomeQuery(ask, id)),
    queryClient.prefetchQuery(ruleQuery(ask, id)),
    queryClient.prefetchQuery(signingKeysQuery(ask)),
  ]);
}

const page: PageModule = {
  Page: CertificatePage,
  load: loadCertificate,
  summarize: ({ queryClient, params, i18n }) => {
    const decision = queryClient.getQueryData<ApiDecision>(["decision", params["id"]]);
    if (decision === undefined) return { title: t(i18n)`Result certificate · Enviro-Governance` };
    return {
      title: t(i18n)`Result certificate: ${soleTitle(i18n, decision)} · Enviro-Governance`,
    };
  },
};
export default page;
