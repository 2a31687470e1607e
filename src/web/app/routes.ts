import type { PageModule } from "./page-module.ts";

/** A page of the site: where it is, and what shows it, a chunk of its own. */
export type PageRoute = {
  path: PagePath;
  importPage: () => Promise<{ default: PageModule }>;
  /** It fills the screen by itself, without masthead and footer. */
  isBare?: boolean;
};

/** A pattern of addresses, and which module shows it is in `src/web/server/page-modules.ts`, too. */
export type PagePath =
  | "/"
  | "/decisions/:id"
  | `/decisions/:id/${"ballot" | "votes" | "display" | "certificate" | "statistics"}`
  | "/search"
  | "/statistics"
  | "/plan"
  | "/status"
  | "/verify"
  | "/docs/api"
  | "/organise/*?";

/** The first that matches an address shows it. */
export const pageRoutes: readonly PageRoute[] = [
  { path: "/", importPage: () => import("../list/list-page.tsx") },
  { path: "/decisions/:id", importPage: () => import("../decision/decision-page.tsx") },
  { path: "/decisions/:id/ballot", importPage: () => import("../ballot/ballot-page.tsx") },
  { path: "/decisions/:id/votes", importPage: () => import("../votes/votes-page.tsx") },
  {
    path: "/decisions/:id/display",
    importPage: () => import("../display/display-page.tsx"),
    isBare: true,
  },
  {
    path: "/decisions/:id/certificate",
    importPage: () => import("../certificate/certificate-page.tsx"),
  },
  {
    path: "/decisions/:id/statistics",
    importPage: () => import("../statistics/statistics-page.tsx"),
  },
  { path: "/search", importPage: () => import("../search/search-page.tsx") },
  { path: "/statistics", importPage: () => import("../statistics/statistics-page.tsx") },
  { path: "/plan", importPage: () => import("../plan/plan-page.tsx") },
  { path: "/status", importPage: () => import("../status/status-page.tsx") },
  { path: "/verify", importPage: () => import("../verify/verify-page.tsx") },
  { path: "/docs/api", importPage: () => import("../api-docs/api-docs-page.tsx") },
  { path: "/organise/*?", importPage: () => import("../organise/organise-page.tsx") },
];
