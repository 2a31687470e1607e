import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { apiDocsAddress, listAddress, verifyAddress } from "./addresses.ts";
import { findPage } from "./find-page.ts";
import { contentId, NavigationFocus } from "./navigation-focus.tsx";

/** What stands around every page; one that fills a screen by itself has nothing around it. */
export function Layout({ children }: { children: ReactNode }) {
  const [path] = useLocation();
  const isBare = findPage(path)?.route.isBare ?? false;
  return (
    <>
      <a className="skip" href={`#${contentId}`}>
        <Trans>Skip to content</Trans>
      </a>
      {isBare ? null : (
        <header className="masthead">
          <Link href={listAddress()} className="wordmark">
            Enviro-Governance
          </Link>
          <SiteLinks path={path} />
        </header>
      )}
      <main id={contentId} tabIndex={-1}>
        {children}
      </main>
      {isBare ? null : (
        <footer className="colophon">
          <p>
            <Trans>
              Every figure is an exact count. Shares are cut to one decimal, never rounded up.
            </Trans>
          </p>
          <p className="colophon-links">
            <Link href={verifyAddress()}>
              <Trans>Check a vote</Trans>
            </Link>
            <Link href={apiDocsAddress}>
              <Trans>API</Trans>
            </Link>
          </p>
        </footer>
      )}
      <NavigationFocus />
    </>
  );
}

function SiteLinks({ path }: { path: string }) {
  const { t } = useLingui();
  const links = [
    { href: listAddress(), text: t`Decisions` },
    { href: verifyAddress(), text: t`Check a vote` },
    { href: apiDocsAddress, text: t`API` },
  ];
  return (
    <nav className="site-links" aria-label={t`Site`}>
      {links.map(({ href, text }) => (
        <Link key={href} href={href} {...(href === path ? { "aria-current": "page" } : {})}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
