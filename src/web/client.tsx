import { QueryClient } from "@tanstack/react-query";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { readFromBrowser } from "./api/read-api.ts";
import { keepRefusals } from "./api/refused-queries.ts";
import { App } from "./app/app.tsx";
import { browserReload } from "./app/browser-reload.ts";
import { findPage } from "./app/find-page.ts";
import type { PageState } from "./app/page-state.ts";
import { reloadOnce } from "./app/reload-once.ts";
import { createI18n } from "./i18n/create-i18n.ts";
import "./styles/page.css";

const refusedForMs = 5_000;

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");

addEventListener("vite:preloadError", ({ payload }) => {
  void reloadOnce(payload.message, browserReload);
});

// A ballot link may have been put together by hand, and lead to another page.
const followBallotLink = async (): Promise<void> => {
  if (!location.hash.includes("token=") || location.pathname.endsWith("/ballot")) return;
  const { misplacedBallotLink } = await import("./ballot/misplaced-link.ts");
  const address = misplacedBallotLink(location);
  if (address !== null) location.replace(address);
};
addEventListener("hashchange", () => void followBallotLink());
await followBallotLink();

// What the Worker rendered needs its chunk before it can be hydrated.
await findPage(location.pathname)?.route.importPage();

const { lang } = document.documentElement;
const messages =
  lang === "en"
    ? {}
    : await (await import("./languages/load-messages.ts")).loadMessages(lang, "site");

const text = document.getElementById("state")?.textContent;
const state = text === undefined ? null : (JSON.parse(text) as PageState);
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      retry: 1,
      // What was just refused is shown as the Worker has shown it; later on it is asked for again.
      retryOnMount: ({ state: { errorUpdatedAt } }) => Date.now() - errorUpdatedAt > refusedForMs,
    },
  },
});
keepRefusals(queryClient, state?.refused ?? []);

hydrateRoot(
  root,
  <StrictMode>
    <App
      origin={location.origin}
      queryClient={queryClient}
      i18n={createI18n(lang, messages)}
      ask={readFromBrowser}
      dehydrated={state?.read}
    />
  </StrictMode>,
);
