import { useLingui } from "@lingui/react/macro";
import { useEffect } from "react";

/**
 * The browser asks before the page is left while it holds what would be gone. A link to another page
 * of this site is followed by the browser, too: routing in the page would leave without a question.
 * The Back button within the site asks here, where the browser lets it (Navigation API).
 */
export function useLeavingQuestion(isAsked: boolean): void {
  const { t } = useLingui();
  const question = t`Leave this page? What is not saved is gone.`;
  useEffect(() => {
    if (!isAsked) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    const askBeforeGoingBack = (event: NavigateEvent): void => {
      const isWithin = event.navigationType === "traverse" && event.destination.sameDocument;
      if (isWithin && event.cancelable && !confirm(question)) event.preventDefault();
    };
    // Older browsers have none.
    const history = "navigation" in globalThis ? navigation : null;
    history?.addEventListener("navigate", askBeforeGoingBack);
    // At the window, on the way down: before React hears of it.
    addEventListener("click", keepFromRouting, { capture: true });
    return () => {
      history?.removeEventListener("navigate", askBeforeGoingBack);
      removeEventListener("beforeunload", ask);
      removeEventListener("click", keepFromRouting, { capture: true });
    };
  }, [isAsked, question]);
}

function keepFromRouting(event: MouseEvent): void {
  const { target } = event;
  if (target instanceof Element && target.closest("a[href]") !== null) event.stopPropagation();
}
