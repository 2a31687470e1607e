import { useSyncExternalStore } from "react";

const neverChanges = () => () => undefined;

/** Whether this is a browser that has taken over what the Worker rendered. */
export function useMounted(): boolean {
  return useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
}
