import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import type { Session } from "../session/session-query.ts";

/** What each role is called. */
export const roleWords: Record<Session["role"], MessageDescriptor> = {
  organiser: msg`Organiser`,
  auditor: msg`Auditor`,
  admin: msg`Administrator`,
};
