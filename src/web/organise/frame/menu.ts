import { msg } from "@lingui/core/macro";
import type { MessageDescriptor } from "@lingui/core";
import { adminAddress, organiseAddress } from "../organise-addresses.ts";
import type { Session } from "../session/session-query.ts";

type Role = Session["role"];
type MenuItem = { href: string; text: MessageDescriptor; roles: readonly Role[] };

const everybody: readonly Role[] = ["organiser", "auditor", "admin"];

const items: readonly MenuItem[] = [
  { href: organiseAddress, text: msg`Decisions`, roles: everybody },
  { href: adminAddress("keys"), text: msg`Keys`, roles: ["admin"] },
  { href: adminAddress("service"), text: msg`Service`, roles: ["admin", "auditor"] },
  { href: adminAddress("dead-letters"), text: msg`Dead letters`, roles: ["admin", "auditor"] },
  { href: adminAddress("audit-log"), text: msg`Audit log`, roles: ["admin", "auditor"] },
];

/** Where a role may go from everywhere. */
export function menuOf(role: Role): MenuItem[] {
  return items.filter(({ roles }) => roles.includes(role));
}
