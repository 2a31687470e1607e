import { Trans, useLingui } from "@lingui/react/macro";
import { memo, Suspense, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { apiDocsAddress, listAddress, statisticsAddress, verifyAddress } from "./addresses.ts";
import { findPage } from "./find-page.ts";
import { lazyRendered } from "./lazy-rendered.ts";
import { contentId, NavigationFocus } from "./navigation-focus.tsx";

const SiteFooter = lazyRendered(".colophon", () =>
  // Where its code does not come, the foot stays as it is.
  import("../footer/site-footer.tsx").catch(() => new Promise<never>(() => undefined)),
);

const Footer = memo(function Footer() {
  return (
    <Suspense>
      <SiteFooter />
    </Suspense>
  );
});

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
      {isBare ? null : <Footer />}
      <NavigationFocus />
    </>
  );
}

function SiteLinks({ path }: { path: string }) {
  const { t } = useLingui();
  const links = [
    { href: listAddress(), text: t`Decisions` },
    { href: verifyAddress(), text: t`Check a vote` },
    { href: statisticsAddress, text: t`Statistics` },
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
