import { Trans } from "@lingui/react/macro";
import { useEffect } from "react";
import { Link, useLocation } from "wouter";
import { organiseAddress } from "../organise-addresses.ts";
import { ownPath } from "./own-path.ts";
import { tellTabs } from "./session-channel.ts";

/** The page for signing in as whoever has signed in sees it: it leads on. */
export default function SignedInPage() {
  const [, navigate] = useLocation();
  const asked = new URLSearchParams(location.search);
  const isBesideAnother = asked.has("again");
  const returnTo = ownPath(asked.get("return_to"));
  useEffect(() => {
    tellTabs("signed in");
    if (!isBesideAnother) navigate(returnTo, { replace: true });
  }, [isBesideAnother, navigate, returnTo]);
  return (
    <div className="sign-in">
      <h1>
        <Trans>You are signed in</Trans>
      </h1>
      {isBesideAnother ? (
        <p>
          <Trans>The tab where you were goes on by itself. You can close this one.</Trans>
        </p>
      ) : null}
      <p>
        <Link href={organiseAddress}>
          <Trans>Go to my decisions</Trans>
        </Link>
      </p>
    </div>
  );
}
