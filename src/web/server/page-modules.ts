import type { PagePath } from "../app/routes.ts";

/** The module of each page, below `src/web`: what the Worker links its files by. */
export const pageModules: Record<PagePath, string> = {
  "/": "list/list-page.tsx",
  "/decisions/:id": "decision/decision-page.tsx",
  "/decisions/:id/ballot": "ballot/ballot-page.tsx",
  "/decisions/:id/votes": "votes/votes-page.tsx",
  "/decisions/:id/display": "display/display-page.tsx",
  "/decisions/:id/certificate": "certificate/certificate-page.tsx",
  "/decisions/:id/statistics": "statistics/statistics-page.tsx",
  "/search": "search/search-page.tsx",
  "/statistics": "statistics/statistics-page.tsx",
  "/plan": "plan/plan-page.tsx",
  "/status": "status/status-page.tsx",
  "/verify": "verify/verify-page.tsx",
  "/docs/api": "api-docs/api-docs-page.tsx",
  "/organise/*?": "organise/organise-page.tsx",
};
