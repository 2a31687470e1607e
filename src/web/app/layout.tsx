import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Link } from "wouter";

/** What stands around every page. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <a className="skip" href="#content">
        <Trans>Skip to content</Trans>
      </a>
      <header className="masthead">
        <Link href="/" className="wordmark">
          <img src="/icon.svg" alt="" width="28" height="28" />
          Enviro-Governance
        </Link>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer className="colophon">
        <p>
          <Trans>
            Every figure is an exact count. Shares are cut to one decimal, never rounded up.
          </Trans>
        </p>
        <p>
          <Link href="/verify">
            <Trans>Check a vote</Trans>
          </Link>{" "}
          <Link href="/docs/api">
            <Trans>API</Trans>
          </Link>
        </p>
      </footer>
    </>
  );
}
