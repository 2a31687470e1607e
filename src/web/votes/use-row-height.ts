import { useSyncExternalStore } from "react";

/** As in votes.css: one line, or two on a narrow screen. */
const rowRem = { wide: 2.75, narrow: 4.25 };
const narrow = "(width < 48rem)";

/** Heights of rows and of their head in CSS pixels, which follow the reader's size of text. */
export function useRowHeight(): { rowHeight: number; headHeight: number } {
  const isNarrow = useSyncExternalStore(subscribe, isNarrowNow, () => false);
  const rem = useSyncExternalStore(subscribe, remNow, () => 16);
  const rowHeight = Math.round(rem * (isNarrow ? rowRem.narrow : rowRem.wide));
  return { rowHeight, headHeight: isNarrow ? 0 : Math.round(rem * rowRem.wide) };
}

function subscribe(onChange: () => void): () => void {
  addEventListener("resize", onChange);
  return () => removeEventListener("resize", onChange);
}

function isNarrowNow(): boolean {
  return matchMedia(narrow).matches;
}

function remNow(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}
