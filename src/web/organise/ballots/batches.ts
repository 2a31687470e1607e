/** A part of a longer list: from `first` on, `end` not with it. */
export interface ListPart {
  first: number;
  end: number;
}

/** Cuts `count` into parts of at most `size`. */
export function partsOf(count: number, size: number): ListPart[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, at) => ({
    first: at * size,
    end: Math.min(count, (at + 1) * size),
  }));
}
