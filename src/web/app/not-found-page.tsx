import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { listAddress } from "./addresses.ts";

/** For an address that no page has. */
export function NotFoundPage() {
  return (
    <div className="notice" role="alert">
      <h1>
        <Trans>There is no such page</Trans>
      </h1>
      <p>
        <Trans>
          The address may be mistyped. Ask whoever sent it to you, or look through the list.
        </Trans>
      </p>
      <Link className="button" href={listAddress()}>
        <Trans>All decisions</Trans>
      </Link>
    </div>
  );
}
