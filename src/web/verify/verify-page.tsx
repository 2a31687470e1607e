import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useSearchParams } from "wouter";
import { decisionQuery } from "../api/queries.ts";
import type { PageModule } from "../app/page-module.ts";
import type { ApiDecision } from "../contract.ts";
import { soleTitle } from "../decision/rehearsal-words.ts";
import { Notice } from "../ui/notice.tsx";
import { failureWords } from "./failure-words.ts";
import { useVerification } from "./use-verification.ts";
import { VerificationResult } from "./verification-result.tsx";
import { VerifyForm } from "./verify-form.tsx";
import { VerifyProgress } from "./verify-progress.tsx";
import "./verify.css";

function VerifyPage() {
  const { i18n } = useLingui();
  const [search] = useSearchParams();
  const decision = search.get("decision") ?? "";
  const { state, verify, cancel } = useVerification();
  const isBusy = state.phase === "running";
  return (
    <div className="verify">
      <h1>
        <Trans>Check a result or a vote</Trans>
      </h1>
      <p className="verify-lead">
        <Trans>
          Your browser reads all that a certified decision has published, makes every hash and root
          again, counts, applies the rule, and compares with the signed outcome. It takes no key and
          no account.
        </Trans>
      </p>
      <VerifyForm key={decision} decision={decision} isBusy={isBusy} onVerify={verify} />
      <noscript>
        <p>
          <Trans>
            That takes JavaScript. The command “npx enviro verify” does the same without a browser.
          </Trans>
        </p>
      </noscript>
      {isBusy ? <VerifyProgress progress={state.progress} onCancel={cancel} /> : null}
      {state.phase === "failed" ? (
        <Notice title={failureWords(i18n, state.code).title} isProblem>
          <p>{failureWords(i18n, state.code).text}</p>
          <button type="button" className="button" onClick={() => verify(state.request)}>
            <Trans>Try again</Trans>
          </button>
        </Notice>
      ) : null}
      {state.phase === "done" ? <VerificationResult answer={state.answer} /> : null}
    </div>
  );
}

const page: PageModule = {
  Page: VerifyPage,
  load: async ({ queryClient, ask, search }) => {
    const id = search.get("decision");
    if (id !== null) await queryClient.prefetchQuery(decisionQuery(ask, id));
  },
  summarize: ({ queryClient, search, i18n }) => {
    const decision = queryClient.getQueryData<ApiDecision>(["decision", search.get("decision")]);
    const title = t(i18n)`Check a result or a vote`;
    return {
      title: [title, decision && soleTitle(i18n, decision), "Enviro-Governance"]
        .filter(Boolean)
        .join(" · "),
      description: t(
        i18n,
      )`Recount a decision in your own browser, and look your vote up by its receipt.`,
    };
  },
};
export default page;
