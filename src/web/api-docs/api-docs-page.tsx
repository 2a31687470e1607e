import { t } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { apiGuideQuery } from "../api/queries.ts";
import { useReadApi } from "../api/read-api-context.ts";
import type { PageModule } from "../app/page-module.ts";
import { Loading } from "../ui/loading.tsx";
import { ReadFailure } from "../ui/read-failure.tsx";
import "./api-docs.css";
import type { ApiGuide } from "./api-guide.ts";
import { OperationSection } from "./operation-section.tsx";
import { WithCode } from "./with-code.tsx";

function ApiDocsPage() {
  const { data: guide, error, refetch } = useQuery(apiGuideQuery(useReadApi()));
  const isRead = guide !== undefined;
  useEffect(() => {
    // After a link within the site the browser looked for the part before it was there.
    if (isRead) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [isRead]);
  if (guide !== undefined) return <Guide guide={guide} />;
  return error === null ? <Loading /> : <ReadFailure error={error} onRetry={refetch} />;
}

function Guide({ guide: { lead, groups, credentials } }: { guide: ApiGuide }) {
  return (
    <>
      <h1>
        <Trans>The API</Trans>
      </h1>
      <p className="docs-lead">
        <WithCode text={lead} />{" "}
        <a href="/api/v1/openapi.json">
          <Trans>The same as an OpenAPI document</Trans>
        </a>
      </p>
      <Contents groups={groups} />
      <h2 className="docs-part">
        <Trans>Credentials</Trans>
      </h2>
      <dl className="docs-schemes">
        {credentials.map(({ name, description }) => (
          <div className="docs-parameter" key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <WithCode text={`${description}.`} />
            </dd>
          </div>
        ))}
      </dl>
      {groups.map(({ name, routes }) => (
        <section key={name}>
          <h2 className="docs-part" lang="en">
            {name}
          </h2>
          {routes.map((route) => (
            <OperationSection key={route.id} route={route} />
          ))}
        </section>
      ))}
    </>
  );
}

function Contents({ groups }: Pick<ApiGuide, "groups">) {
  const { t: translate } = useLingui();
  return (
    <nav aria-label={translate`Routes`} className="docs-contents">
      {groups.map(({ name, routes }) => (
        <section key={name}>
          <h2 lang="en">{name}</h2>
          <ul>
            {routes.map(({ id, summary }) => (
              <li key={id}>
                <a href={`#${id}`}>
                  <WithCode text={summary} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

const page: PageModule = {
  Page: ApiDocsPage,
  load: ({ queryClient, ask }) => queryClient.prefetchQuery(apiGuideQuery(ask)),
  summarize: ({ i18n }) => ({
    title: t(i18n)`API · Enviro-Governance`,
    description: t(
      i18n,
    )`The HTTP API of Enviro-Governance: every route, who may use it, what it takes, answers and refuses.`,
  }),
};
export default page;
