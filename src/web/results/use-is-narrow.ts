import { useSyncExternalStore } from "react";

/** The width from which the style sheet lays a region out in several lines (results.css). */
const narrow = "(max-width: 44rem)";

/** Whether the screen is narrow; it is not on the Worker, which does not know it. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(narrow).matches, isWideAtFirst);
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

const isWideAtFirst = (): boolean => false;
