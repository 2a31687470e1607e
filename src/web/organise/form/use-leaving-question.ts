import { useEffect } from "react";

/**
 * The browser asks before the page is left while it holds what would be gone. A link to another page
 * of this site is followed by the browser, too: routing in the page would leave without a question.
 */
export function useLeavingQuestion(isAsked: boolean): void {
  useEffect(() => {
    if (!isAsked) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    // At the window, on the way down: before React hears of it.
    addEventListener("click", keepFromRouting, { capture: true });
    return () => {
      removeEventListener("beforeunload", ask);
      removeEventListener("click", keepFromRouting, { capture: true });
    };
  }, [isAsked]);
}

function keepFromRouting(event: MouseEvent): void {
  const { target } = event;
  if (target instanceof Element && target.closest("a[href]") !== null) event.stopPropagation();
}
