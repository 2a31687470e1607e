import type { ReloadPorts } from "./reload-once.ts";

/** How a browser takes a new version of its page. */
export const browserReload: ReloadPorts = {
  isReachable: () =>
    fetch(location.href, { method: "HEAD", cache: "no-store" }).then(
      ({ ok }) => ok,
      () => false,
    ),
  // Even to name the storage throws where it is refused.
  store: {
    getItem: (key) => sessionStorage.getItem(key),
    setItem: (key, value) => sessionStorage.setItem(key, value),
  },
  isReloaded: () =>
    performance
      .getEntriesByType("navigation")
      .some((entry) => entry instanceof PerformanceNavigationTiming && entry.type === "reload"),
  reload: () => location.reload(),
};
