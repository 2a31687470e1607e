import { useIsScrolling, useVirtualizer } from "react-window";
import { useCallback, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import {
  elementRows,
  offsetOf,
  placeOfOffset,
  placeOfRow,
  scrolledTo,
  type ScaledList,
  type ScrollPlace,
} from "./scaled-scroll.ts";

export interface ScaledRowsInput {
  /** The element that scrolls. */
  scroller: HTMLElement | null;
  rows: number;
  rowHeight: number;
  /** Of what stands still above the rows. */
  headHeight: number;
}

export interface ScaledRows {
  /** What is drawn: the row's index in the list, and pixels below the element's beginning. */
  items: { index: number; top: number }[];
  /** Of the element that holds the rows. */
  height: number;
  /** Rows in view, the last one excluded. */
  visible: { from: number; to: number };
  scrollToRow: (index: number) => void;
}

const rowsBeyond = 6;

/**
 * The rows in view of a list that may be taller than an element can be. What is drawn is a window of
 * the list, which is shifted by whole rows when its reader is somewhere else.
 */
export function useScaledRows({
  scroller,
  rows,
  rowHeight,
  headHeight,
}: ScaledRowsInput): ScaledRows {
  const [shift, setShift] = useState(0);
  const place = useRef<ScrollPlace>({ shift: 0, top: 0 });
  const count = elementRows({ rows, rowHeight });
  const { items, visibleRange } = useVirtualizer({
    count,
    itemSize: rowHeight,
    element: scroller,
    overscanCount: rowsBeyond,
  });
  const measure = useCallback((): ScaledList => {
    const viewport = Math.max(rowHeight, (scroller?.clientHeight ?? 0) - headHeight);
    return { rows, rowHeight, viewport };
  }, [scroller, rows, rowHeight, headHeight]);

  /** Moves the element and what is in it in one frame. */
  const move = useCallback(
    (to: ScrollPlace) => {
      if (scroller === null) return;
      place.current = to;
      if (Math.abs(scroller.scrollTop - to.top) > 0.5) scroller.scrollTop = to.top;
      flushSync(() => {
        setShift(to.shift);
        scroller.dispatchEvent(new Event("scroll"));
      });
    },
    [scroller],
  );

  useEffect(() => {
    if (scroller === null) return undefined;
    const follow = (): void => {
      const { scrollTop } = scroller;
      if (Math.abs(scrollTop - place.current.top) < 1) return;
      const next = scrolledTo(scrollTop, place.current, measure());
      if (next.top === scrollTop) {
        place.current = next;
        setShift(next.shift);
      } else move(next);
    };
    scroller.addEventListener("scroll", follow, { passive: true });
    return () => scroller.removeEventListener("scroll", follow);
  }, [scroller, measure, move]);

  // Whoever has scrolled far in small steps is not where the scroll bar says.
  const isScrolling = useIsScrolling(scroller);
  useEffect(() => {
    if (isScrolling || scroller === null) return;
    const list = measure();
    const proper = placeOfOffset(offsetOf(place.current, list), list);
    if (Math.abs(proper.top - place.current.top) > scroller.scrollHeight / 32)
      // React draws nothing at once while it runs effects.
      queueMicrotask(() => move(proper));
  }, [isScrolling, scroller, measure, move]);

  const scrollToRow = useCallback(
    (index: number) => move(placeOfRow(index, place.current, measure())),
    [move, measure],
  );
  return {
    items: items.map(({ index, offset }) => ({ index: index + shift, top: offset })),
    height: count * rowHeight,
    visible: { from: visibleRange.startIndex + shift, to: visibleRange.stopIndex + 1 + shift },
    scrollToRow,
  };
}
