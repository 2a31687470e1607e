import { lazy, type ComponentType, type LazyExoticComponent } from "react";

/**
 * A component that shows and does nothing else. What the Worker has rendered of it, found by the
 * selector `mark`, stays as it is, and the code comes with the first page that the browser renders
 * itself. It stands in a `Suspense` that is memoised: an update before that would empty it.
 */
export function lazyRendered<Props extends object>(
  mark: string,
  importModule: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const isRendered = typeof document !== "undefined" && document.querySelector(mark) !== null;
    if (isRendered) await untilNavigated();
    return importModule();
  });
}

/** A page of this site was left for another, by a link (wouter tells of it) or the Back button. */
async function untilNavigated(): Promise<void> {
  await new Promise<unknown>((resolve) => {
    for (const type of ["pushState", "popstate"]) addEventListener(type, resolve, { once: true });
  });
}
