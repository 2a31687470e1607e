import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { ComponentType } from "react";
import { signInAddress } from "./session/sign-in-address.ts";

/** A page for those who run decisions: each is a chunk of its own and rendered in the browser alone. */
export type OrganiseRoute = {
  path: string;
  title: MessageDescriptor;
  importPage: () => Promise<{ default: ComponentType }>;
};

/** The first that matches an address shows it. */
export const organiseRoutes: readonly OrganiseRoute[] = [
  {
    path: signInAddress,
    title: msg`Sign in`,
    importPage: () => import("./session/signed-in-page.tsx"),
  },
  {
    path: "/organise",
    title: msg`My decisions`,
    importPage: () => import("./start/start-page.tsx"),
  },
  {
    path: "/organise/decisions/:id/audit",
    title: msg`Audit`,
    importPage: () => import("./audit/audit-page.tsx"),
  },
  {
    path: "/organise/admin/keys",
    title: msg`Keys and roles`,
    importPage: () => import("./admin/keys-page.tsx"),
  },
  {
    path: "/organise/admin/audit-log",
    title: msg`Audit log of keys`,
    importPage: () => import("./admin/audit-log-page.tsx"),
  },
  {
    path: "/organise/admin/dead-letters",
    title: msg`Dead letters`,
    importPage: () => import("./admin/dead-letters-page.tsx"),
  },
  {
    path: "/organise/admin/service",
    title: msg`How the service does`,
    importPage: () => import("./admin/service-page.tsx"),
  },
  {
    path: "/organise/decisions/:id/map",
    title: msg`Map`,
    importPage: () => import("./map/map-page.tsx"),
  },
  {
    path: "/organise/decisions/:id/ballots",
    title: msg`Ballot links`,
    importPage: () => import("./ballots/ballots-page.tsx"),
  },
  {
    path: "/organise/decisions/:id/running",
    title: msg`Opening and closing`,
    importPage: () => import("./running/running-page.tsx"),
  },
  {
    path: "/organise/decisions/:id/records",
    title: msg`Records`,
    importPage: () => import("./records/records-page.tsx"),
  },
  {
    path: "/organise/decisions/:id/roll",
    title: msg`Roll`,
    importPage: () => import("./roll/roll-page.tsx"),
  },
  {
    path: "/organise/new",
    title: msg`New decision`,
    importPage: () => import("./drafting/new-page.tsx"),
  },
  {
    path: "/organise/decisions/:id",
    title: msg`Terms`,
    importPage: () => import("./drafting/terms-page.tsx"),
  },
];
