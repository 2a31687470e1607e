/** A list of rows of one height, and how much of it is seen at once. */
export interface ScaledList {
  rows: number;
  /** In CSS pixels, as `viewport` is. */
  rowHeight: number;
  viewport: number;
}

/** Where a list is scrolled to: row `shift` stands at the beginning of the scrolling element. */
export interface ScrollPlace {
  shift: number;
  /** The element's scrollTop. */
  top: number;
}

/**
 * Browsers cut elements at 17.8 to 33.5 million pixels, and move rows in 32-bit floats, which tell
 * no quarter pixel apart beyond 4 million.
 */
const elementHeightMax = 4_000_000;
/** A wheel or a finger moves less at once; a pixel of the scroll bar is more. */
const stepMax = 4_000;

/** How many rows the element has room for. */
export function elementRows({ rows, rowHeight }: Pick<ScaledList, "rows" | "rowHeight">): number {
  return Math.min(rows, Math.floor(elementHeightMax / rowHeight));
}

/** Pixels of the whole list above what is seen. */
export function offsetOf({ shift, top }: ScrollPlace, { rowHeight }: ScaledList): number {
  return shift * rowHeight + top;
}

/**
 * The place that shows an offset of the list: near both ends pixel by pixel, between them in
 * proportion, so that the scroll bar says where in the list its reader is.
 */
export function placeOfOffset(offset: number, list: ScaledList): ScrollPlace {
  const { maxTop, maxOffset, shiftMax, edge } = boundsOf(list);
  const at = Math.min(Math.max(0, offset), maxOffset);
  if (shiftMax === 0 || at <= edge) return { shift: 0, top: at };
  if (at >= maxOffset - edge) return { shift: shiftMax, top: maxTop - (maxOffset - at) };
  const top = edge + ((at - edge) * (maxTop - 2 * edge)) / (maxOffset - 2 * edge);
  // Whole rows are shifted: the rest is in the top, so that the offset is exact.
  const shift = Math.round((at - top) / list.rowHeight);
  return { shift, top: at - shift * list.rowHeight };
}

/**
 * Where the list is after its element was scrolled to `top`: a small step moves the rows by as many
 * pixels, a large one is the scroll bar's and moves them in proportion.
 */
export function scrolledTo(top: number, before: ScrollPlace, list: ScaledList): ScrollPlace {
  const { maxTop, maxOffset, shiftMax, edge } = boundsOf(list);
  if (shiftMax === 0) return { shift: 0, top };
  if (Math.abs(top - before.top) <= stepMax) {
    const place = { shift: before.shift, top };
    // The element ends before the list does: what is left of it gets room again.
    const isAtEnd = (top <= 0 && place.shift > 0) || (top >= maxTop && place.shift < shiftMax);
    return isAtEnd ? placeOfOffset(offsetOf(place, list), list) : place;
  }
  if (top <= edge) return { shift: 0, top };
  if (top >= maxTop - edge) return { shift: shiftMax, top };
  const offset = edge + ((top - edge) * (maxOffset - 2 * edge)) / (maxTop - 2 * edge);
  // The bar stays where it was put.
  return { shift: Math.round((offset - top) / list.rowHeight), top };
}

/** The place that has a row in view, moved no further than it takes. */
export function placeOfRow(row: number, before: ScrollPlace, list: ScaledList): ScrollPlace {
  const { rowHeight, viewport } = list;
  const offset = offsetOf(before, list);
  const [least, most] = [(row + 1) * rowHeight - viewport, row * rowHeight];
  if (offset >= least && offset <= most) return before;
  const wanted = offset > most ? most : least;
  const isNear = Math.abs(wanted - offset) <= stepMax;
  return isNear
    ? scrolledTo(before.top + wanted - offset, before, list)
    : placeOfOffset(most - (viewport - rowHeight) / 2, list);
}

function boundsOf(list: ScaledList) {
  const { rows, rowHeight, viewport } = list;
  const shown = elementRows(list);
  const maxTop = Math.max(0, shown * rowHeight - viewport);
  const maxOffset = Math.max(0, rows * rowHeight - viewport);
  return { maxTop, maxOffset, shiftMax: rows - shown, edge: maxTop / 8 };
}
