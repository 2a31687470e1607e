/** A key and what was held down with it. */
export interface PressedKey {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

export interface GridPosition {
  active: number;
  rows: number;
  /** Rows that are seen at once. */
  page: number;
}

/** The row that a key moves to in a grid (ARIA Authoring Practices); null where it moves nothing. */
export function targetOfKey(pressed: PressedKey, { active, rows, page }: GridPosition) {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = pressed;
  if (rows === 0 || altKey || metaKey || shiftKey) return null;
  const isEnd = key === "Home" || key === "End";
  if (ctrlKey && !isEnd) return null;
  const targets: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + Math.max(1, page),
    PageUp: active - Math.max(1, page),
    Home: 0,
    End: rows - 1,
  };
  const target = targets[key];
  return target === undefined ? null : Math.min(Math.max(0, target), rows - 1);
}
