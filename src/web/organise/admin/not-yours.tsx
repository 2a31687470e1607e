import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { Notice } from "../../ui/notice.tsx";
import { organiseAddress } from "../organise-addresses.ts";

/** What stands where a page is not for the role of whoever is signed in. */
export function NotYours() {
  return (
    <Notice title={<Trans>This page is for other roles</Trans>} isPage>
      <p>
        <Trans>
          Your key may not do what stands here. Ask an administrator, or sign in with another key.
        </Trans>
      </p>
      <Link href={organiseAddress}>
        <Trans>To the decisions</Trans>
      </Link>
    </Notice>
  );
}
