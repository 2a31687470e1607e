import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import { untilPageLeft } from "./until-page-left.ts";

/**
 * A component that shows and does nothing else. What the Worker has rendered of it, found by the
 * selector `mark`, stays as it is, and the code comes with the first page that the browser renders
 * itself, or once it is `wanted`. It stands in a `Suspense` that is memoised: an update before that
 * would empty it, but for one that is deferred.
 */
export function lazyRendered<Props extends object>(
  mark: string,
  importModule: () => Promise<{ default: ComponentType<Props> }>,
  wanted?: Promise<void>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    const isRendered = typeof document !== "undefined" && document.querySelector(mark) !== null;
    if (isRendered)
      await Promise.race([untilPageLeft(), ...(wanted === undefined ? [] : [wanted])]);
    return importModule();
  });
}
