import type { PageModule } from "./page-module.ts";

/** A page of the site: where it is, and the module that shows it, a chunk of its own. */
export type PageRoute = {
  path: string;
  /** Below `src/web`. */
  module: string;
  importPage: () => Promise<{ default: PageModule }>;
  /** It fills the screen by itself, without masthead and footer. */
  isBare?: boolean;
};

/** The first that matches an address shows it. */
export const pageRoutes: readonly PageRoute[] = [
  {
    path: "/",
    module: "list/list-page.tsx",
    importPage: () => import("../list/list-page.tsx"),
  },
  {
    path: "/decisions/:id",
    module: "decision/decision-page.tsx",
    importPage: () => import("../decision/decision-page.tsx"),
  },
  {
    path: "/decisions/:id/ballot",
    module: "ballot/ballot-page.tsx",
    importPage: () => import("../ballot/ballot-page.tsx"),
  },
  {
    path: "/decisions/:id/votes",
    module: "votes/votes-page.tsx",
    importPage: () => import("../votes/votes-page.tsx"),
  },
  {
    path: "/decisions/:id/display",
    module: "display/display-page.tsx",
    importPage: () => import("../display/display-page.tsx"),
    isBare: true,
  },
  {
    path: "/decisions/:id/certificate",
    module: "certificate/certificate-page.tsx",
    importPage: () => import("../certificate/certificate-page.tsx"),
  },
  {
    path: "/verify",
    module: "verify/verify-page.tsx",
    importPage: () => import("../verify/verify-page.tsx"),
  },
  {
    path: "/docs/api",
    module: "api-docs/api-docs-page.tsx",
    importPage: () => import("../api-docs/api-docs-page.tsx"),
  },
  {
    path: "/organise/*?",
    module: "organise/organise-page.tsx",
    importPage: () => import("../organise/organise-page.tsx"),
  },
];
