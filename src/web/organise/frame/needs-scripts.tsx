import { Trans } from "@lingui/react/macro";
import { Loading } from "../../ui/loading.tsx";
import { Notice } from "../../ui/notice.tsx";

/** What the Worker renders of these pages: they come once scripts run. */
export function NeedsScripts() {
  return (
    <>
      <Loading />
      <noscript>
        <Notice title={<Trans>These pages need scripts</Trans>}>
          <p>
            <Trans>
              Allow this site to run scripts in your browser’s settings, then load the page again.
            </Trans>
          </p>
        </Notice>
      </noscript>
    </>
  );
}
