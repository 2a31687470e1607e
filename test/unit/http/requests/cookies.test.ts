import { describe, expect, test } from "vitest";
import { cookieOf } from "../../../../src/http/requests/cookies.ts";

const name = "__Host-session";

/** A request with this header, as a runtime has it that reads headers as UTF-8 or byte by byte. */
function cookieIn(header: string): string | null {
  return cookieOf({ headers: { get: () => header } } as unknown as Request, name);
}

describe("a request's cookie", () => {
  test("is the one of its name, wherever it stands", () => {
    expect(cookieIn(`${name}=one`)).toBe("one");
    expect(cookieIn(`a=b; ${name}=one;\t c=d`)).toBe("one");
    expect(cookieIn(`a=b;${name}=one=two`)).toBe("one=two");
  });

  test("is none where there is none, or two of its name", () => {
    expect(cookieIn(`x${name}=one; __host-session=two`)).toBeNull();
    expect(cookieIn(`${name}=one; ${name}=two`)).toBeNull();
  });

  test("is none that another host of the domain could set, whose name only looks the same", () => {
    // Browsers hold `__Host-` to what it promises where a name begins with it, and with no other blank.
    for (const blank of ["\u00A0", "\u2000", "\u3000", "\uFEFF", "\v", "\f"]) {
      expect(cookieIn(`${blank}${name}=theirs`)).toBeNull();
      expect(cookieIn(`${name}=own; ${blank}${name}=theirs`)).toBe("own");
    }
  });
});
