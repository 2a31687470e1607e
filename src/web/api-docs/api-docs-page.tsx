import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import type { PageModule } from "../app/page-module.ts";

function ApiDocsPage() {
  return (
    <h1>
      <Trans>API</Trans>
    </h1>
  );
}

const page: PageModule = {
  Page: ApiDocsPage,
  summarize: ({ i18n }) => ({ title: `${t(i18n)`API`} · Enviro-Governance` }),
};
export default page;
