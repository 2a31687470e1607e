import { msg, t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react";
import { lazy, Suspense, useEffect, useRef, useState, type ComponentType } from "react";
import { Route, Switch } from "wouter";
import { matchPath } from "../app/match-path.ts";
import { NothingHere } from "../app/not-found-page.tsx";
import type { PageModule } from "../app/page-module.ts";
import { loadMessages } from "../languages/load-messages.ts";
import { Loading } from "../ui/loading.tsx";
import { OrganiseFrame } from "./frame/organise-frame.tsx";
import { NeedsScripts } from "./frame/needs-scripts.tsx";
import "./organise.css";
import { organiseAddress } from "./organise-addresses.ts";
import { organiseRoutes } from "./organise-routes.ts";
import { RequireSession } from "./session/require-session.tsx";

// None on the Worker, which renders none of them: it doesn't look at who asks. Its build leaves them
// out.
const routes = import.meta.env.SSR ? [] : organiseRoutes;
const pages: { path: string; Page: ComponentType }[] = routes.map(({ path, importPage }) => ({
  path,
  Page: lazy(importPage),
}));

/** All pages of those who run decisions, for whoever is signed in. */
function OrganisePage() {
  const { i18n } = useLingui();
  const [isReady, setIsReady] = useState(false);
  const asked = useRef<string | null>(null);
  useEffect(() => {
    // What is loaded gives another i18n of the same language, which is no reason to load it again.
    if (asked.current === i18n.locale) return;
    asked.current = i18n.locale;
    // Without its catalogue a page is in English, which is better than none.
    loadMessages(i18n.locale, "organise")
      .then((messages) => i18n.load(i18n.locale, messages))
      .catch(() => undefined)
      .finally(() => setIsReady(true));
  }, [i18n]);
  if (!isReady) return <NeedsScripts />;
  return (
    <RequireSession>
      {(session) => (
        <OrganiseFrame session={session}>
          <Suspense fallback={<Loading />}>
            <Switch>
              {pages.map(({ path, Page }) => (
                <Route key={path} path={path}>
                  <Page />
                </Route>
              ))}
              <Route>
                <NothingHere />
              </Route>
            </Switch>
          </Suspense>
        </OrganiseFrame>
      )}
    </RequireSession>
  );
}

const page: PageModule = {
  Page: OrganisePage,
  summarize: ({ params, i18n }) => {
    const path = `${organiseAddress}/${params["*"] ?? ""}`;
    const route = routes.find((each) => matchPath(each.path, path) !== null);
    const title = i18n._(route?.title ?? msg`Run decisions`);
    return { title: t(i18n)`${title} · Enviro-Governance` };
  },
};
export default page;
