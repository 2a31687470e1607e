export type WindowState = "before" | "open" | "after";

/** Where `now` (ms) lies in a voting window: opening is inside it, closing is not. */
export function windowState(
  window: { opensAt: number; closesAt: number | null },
  now: number,
): WindowState {
  if (now < window.opensAt) return "before";
  return window.closesAt !== null && now >= window.closesAt ? "after" : "open";
}
