import { Trans } from "@lingui/react/macro";
import type { SessionState } from "../../contract.ts";

interface ProviderLinksProps {
  providers: SessionState["providers"];
  returnTo: string;
  /** Opens the login in a tab of its own, so that this one stays as it is. */
  isElsewhere?: boolean;
}

/** The login services that this deployment trusts, each by its name. */
export function ProviderLinks({ providers, returnTo, isElsewhere = false }: ProviderLinksProps) {
  if (providers.length === 0) return null;
  const target = isElsewhere ? { target: "_blank", rel: "noopener" } : {};
  return (
    <ul className="sign-in-providers">
      {providers.map(({ id, name }) => (
        <li key={id}>
          <a
            className="button strong"
            href={`/api/v1/session/login?${new URLSearchParams({ provider: id, return_to: returnTo }).toString()}`}
            {...target}
          >
            <Trans>Log in with {name}</Trans>
          </a>
        </li>
      ))}
    </ul>
  );
}
