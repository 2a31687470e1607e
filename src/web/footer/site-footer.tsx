import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import {
  apiDocsAddress,
  planAddress,
  statisticsAddress,
  statusAddress,
  verifyAddress,
} from "../app/addresses.ts";
import { LanguageSwitch } from "./language-switch.tsx";

/** What stands below every page. */
export default function SiteFooter() {
  return (
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
        <Link href={statisticsAddress}>
          <Trans>Statistics</Trans>
        </Link>
        <Link href={statusAddress}>
          <Trans>Status</Trans>
        </Link>
        <Link href={planAddress}>
          <Trans>Plan</Trans>
        </Link>
        <Link href={apiDocsAddress}>
          <Trans>API</Trans>
        </Link>
      </p>
      <LanguageSwitch />
    </footer>
  );
}
