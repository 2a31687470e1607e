import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { Announcer } from "../ui/announcer.tsx";

/** The element that a page is shown in. */
export const contentId = "content";

/**
 * After a link within the site, what a browser does after any other: the focus is on the new page,
 * which starts at its top, and screen readers say its title.
 */
export function NavigationFocus() {
  const [path] = useLocation();
  const title = useTitleAfterNavigation();
  const shownPath = useRef(path);
  const poppedPath = useRef<string | null>(null);

  useEffect(() => {
    const notePath = (): void => {
      poppedPath.current = location.pathname;
    };
    // In the capture phase: before the router shows the page.
    addEventListener("popstate", notePath, { capture: true });
    return () => removeEventListener("popstate", notePath, { capture: true });
  }, []);

  useEffect(() => {
    if (shownPath.current === path) return;
    shownPath.current = path;
    document.getElementById(contentId)?.focus({ preventScroll: true });
    // Back and forward restore where the reader was.
    if (poppedPath.current !== path) scrollTo(0, 0);
    poppedPath.current = null;
  }, [path]);

  return <Announcer text={title} quietMs={500} />;
}

/** The title of the tab, each time it has changed since the page was loaded. */
function useTitleAfterNavigation(): string {
  const [path] = useLocation();
  const firstPath = useRef(path);
  const [title, setTitle] = useState("");
  useEffect(() => {
    const node = document.querySelector("title");
    if (node === null || path === firstPath.current) return undefined;
    firstPath.current = "";
    const observer = new MutationObserver(() => setTitle(document.title));
    observer.observe(node, { childList: true });
    return () => observer.disconnect();
  }, [path]);
  return title;
}
