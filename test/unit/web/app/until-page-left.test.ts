import { setImmediate } from "node:timers/promises";
import { afterEach, expect, it, vi } from "vitest";
import { untilPageLeft } from "../../../../src/web/app/until-page-left.ts";

afterEach(() => vi.unstubAllGlobals());

it.each(["pushState", "popstate"])(
  "a page is left with its address, not with a step of it (%s)",
  async (type) => {
    const browser = new EventTarget();
    const location = { pathname: "/decisions/delta/ballot" };
    vi.stubGlobal("location", location);
    vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
    const onLeft = vi.fn<() => void>();
    const leaving = untilPageLeft().finally(onLeft);
    browser.dispatchEvent(new Event(type));
    await setImmediate();
    expect(onLeft).not.toHaveBeenCalled();
    location.pathname = "/decisions/delta";
    browser.dispatchEvent(new Event(type));
    await leaving;
    expect(onLeft).toHaveBeenCalledOnce();
  },
);
