import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Link } from "wouter";
import { Notice } from "../ui/notice.tsx";
import { listAddress } from "./addresses.ts";
import type { PageModule } from "./page-module.ts";

/** What stands at an address that no page has. */
export function NothingHere() {
  return (
    <Notice title={<Trans>There is no such page</Trans>} isPage>
      <p>
        <Trans>
          The address may be mistyped. Ask whoever sent it to you, or look through the list.
        </Trans>
      </p>
      <Link className="button" href={listAddress()}>
        <Trans>All decisions</Trans>
      </Link>
    </Notice>
  );
}

/** For an address that no page has. */
export const notFoundPage: PageModule = {
  Page: NothingHere,
  summarize: ({ i18n }) => ({ title: t(i18n)`No such page · Enviro-Governance` }),
};
