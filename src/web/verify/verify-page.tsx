import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { PageModule } from "../app/page-module.ts";

function VerifyPage() {
  return (
    <h1>
      <Trans>Check a vote</Trans>
    </h1>
  );
}

const page: PageModule = {
  Page: VerifyPage,
  summarize: ({ i18n }) => ({ title: `${t(i18n)`Check a vote`} · Enviro-Governance` }),
};
export default page;
