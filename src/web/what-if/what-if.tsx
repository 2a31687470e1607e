import { Trans } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { WhatIfProps } from "./what-if-props.ts";
import "./what-if.css";

const WhatIfExplorer = lazy(() => import("./what-if-explorer.tsx"));

/** Where anybody tries the decision's own rule on other counts; it comes when it is unfolded. */
export function WhatIf({ decision, outcome }: WhatIfProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="what-if" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Trans>What if the votes were others?</Trans>
      </summary>
      {isOpen && (
        <Suspense
          fallback={
            <p role="status">
              <Trans>Loading …</Trans>
            </p>
          }
        >
          <WhatIfExplorer decision={decision} outcome={outcome} />
        </Suspense>
      )}
    </details>
  );
}
