import { useSyncExternalStore } from "react";

const neverChanges = () => () => undefined;

/**
 * The IANA zone in which to write times: UTC on the Worker and until the page is hydrated, since it
 * doesn't know the reader's; then undefined, which is the reader's own.
 */
export function useTimeZone(): string | undefined {
  return useSyncExternalStore(
    neverChanges,
    () => undefined,
    () => "UTC",
  );
}
