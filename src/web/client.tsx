import { QueryClient, type DehydratedState } from "@tanstack/react-query";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { readFromBrowser } from "./api/read-api.ts";
import { App } from "./app/app.tsx";
import { findPage } from "./app/find-page.ts";
import { createI18n } from "./i18n/create-i18n.ts";
import "./styles/page.css";

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no root element.");

// A release removes files of the one before: whoever still has its page takes the new one, once.
const reloadedFor = "reloaded-for";
addEventListener("vite:preloadError", (event) => {
  const missing = String(event.payload);
  if (sessionStorage.getItem(reloadedFor) === missing) return;
  sessionStorage.setItem(reloadedFor, missing);
  event.preventDefault();
  location.reload();
});

// What the Worker rendered needs its chunk before it can be hydrated.
await findPage(location.pathname)?.route.importPage();

const state = document.getElementById("state")?.textContent;
hydrateRoot(
  root,
  <StrictMode>
    <App
      queryClient={new QueryClient({ defaultOptions: { queries: { staleTime: 1_000, retry: 1 } } })}
      i18n={createI18n(document.documentElement.lang)}
      ask={readFromBrowser}
      dehydrated={state === undefined ? undefined : (JSON.parse(state) as DehydratedState)}
    />
  </StrictMode>,
);
