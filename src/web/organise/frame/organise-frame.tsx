import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import type { Session } from "../session/session-query.ts";
import { SignOutButton } from "../session/sign-out-button.tsx";
import { menuOf } from "./menu.ts";
import { roleWords } from "./role-words.ts";

export type OrganiseFrameProps = { session: Session; children: ReactNode };

/** What stands around the pages of those who run decisions: where to go, and who is signed in. */
export function OrganiseFrame({ session, children }: OrganiseFrameProps) {
  const { t, i18n } = useLingui();
  const [path] = useLocation();
  const role = i18n._(roleWords[session.role]);
  const { owner } = session;
  return (
    <div className="organise">
      {/* React Aria would put its one style here itself, which the content security policy refuses: it stands in organise.css. */}
      <span id="react-aria-pressable-style" hidden />
      <header className="organise-head">
        <nav className="organise-menu" aria-label={t`Run decisions`}>
          {menuOf(session.role).map(({ href, text }) => (
            <Link key={href} href={href} {...(href === path ? { "aria-current": "page" } : {})}>
              {i18n._(text)}
            </Link>
          ))}
        </nav>
        <p className="organise-who">
          <span>
            {owner === null ? (
              role
            ) : (
              <Trans>
                {role} for {owner}
              </Trans>
            )}
          </span>
          <SignOutButton />
        </p>
      </header>
      {children}
    </div>
  );
}
