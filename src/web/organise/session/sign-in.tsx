import { Trans, useLingui } from "@lingui/react/macro";
import type { SessionState } from "../../contract.ts";
import { ownPath } from "./own-path.ts";
import { ProviderLinks } from "./provider-links.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { signInAddress } from "./sign-in-address.ts";
import { loginProblem } from "./sign-in-words.ts";

/** Asks whoever is not signed in to do so, and goes on where they wanted to be. */
export function SignIn({ providers }: { providers: SessionState["providers"] }) {
  const { i18n } = useLingui();
  const { pathname, search } = location;
  const asked = new URLSearchParams(search);
  const isOwnPage = pathname === signInAddress;
  const returnTo = isOwnPage ? ownPath(asked.get("return_to")) : `${pathname}${search}`;
  const problem = isOwnPage ? loginProblem(asked.get("problem")) : null;
  return (
    <div className="sign-in">
      <h1>
        <Trans>Sign in</Trans>
      </h1>
      <p>
        <Trans>
          For organisers, auditors and administrators. Voters need no account: they use their link.
        </Trans>
      </p>
      {problem === null ? null : (
        <p className="form-error" role="alert">
          {i18n._(problem)}
        </p>
      )}
      <ProviderLinks providers={providers} returnTo={returnTo} />
      {providers.length === 0 ? null : (
        <p className="sign-in-or">
          <Trans>Or with a key:</Trans>
        </p>
      )}
      <SignInForm />
    </div>
  );
}
