import { describe, expect, it } from "vitest";
import { countryOf, numericCodeOf } from "../../../../src/web/map/country-codes.ts";
import { findCountries, mayBeCountries } from "../../../../src/web/map/find-countries.ts";

const named = (...pairs: [string, string][]) => pairs.map(([code, name]) => ({ code, name }));
const unnamed = (codes: string) => codes.split(" ").map((code) => ({ code, name: code }));

describe("regions that are countries", () => {
  it("are found by their codes of two letters, three letters and digits", () => {
    for (const codes of [
      ["AT", "FR"],
      ["AUT", "FRA"],
      ["040", "250"],
    ]) {
      const [austria = "", france = ""] = codes;
      const found = findCountries(named([austria, "Austria"], [france, "France"]));
      expect([...(found ?? [])]).toEqual([
        [austria, "AT"],
        [france, "FR"],
      ]);
    }
  });

  it("may be named in any of six languages, and at length", () => {
    expect(findCountries(named(["DE", "Allemagne"], ["MX", "México"]))).not.toBeNull();
    expect(
      findCountries(named(["NL", "Kingdom of the Netherlands"], ["EG", "مصر"])),
    ).not.toBeNull();
    expect(findCountries(named(["CN", "中国"], ["RU", "Россия"]))).not.toBeNull();
  });

  it("may have the Union's own codes", () => {
    expect(findCountries(named(["EL", "Greece"], ["UK", "United Kingdom"]))?.get("EL")).toBe("GR");
  });

  it("are none where the names are those of states and districts with like codes", () => {
    const states = named(["CA", "California"], ["CO", "Colorado"], ["AZ", "Arizona"]);
    expect(mayBeCountries(states)).toBe(true);
    expect(findCountries(states)).toBeNull();
    expect(findCountries(named(["004", "District 4"], ["008", "District 8"]))).toBeNull();
  });

  it("need names where so few codes may be anything's, and digits always", () => {
    expect(findCountries(unnamed("CA CO DE GA IL IN LA"))).toBeNull();
    expect(findCountries(unnamed("AT BE BG CY CZ DE DK EE"))).not.toBeNull();
    expect(findCountries(unnamed("AUT BEL"))).not.toBeNull();
    expect(findCountries(unnamed("004 008 012 016 020 024 028 031"))).toBeNull();
  });

  it("are none where one code is no country's, or where there is one region", () => {
    expect(mayBeCountries(named(["FR", "France"], ["QQ", "Nowhere"]))).toBe(false);
    expect(mayBeCountries(named(["FR", "France"], ["DEU", "Germany"]))).toBe(false);
    expect(findCountries(named(["FR", "France"]))).toBeNull();
    expect(mayBeCountries([])).toBe(false);
  });

  it("have each a numeric code, by which their shapes are found", () => {
    expect(numericCodeOf("XK")).toBe("983");
    expect(numericCodeOf("AT")).toBe("040");
    expect(countryOf("numeric", "040")).toBe("AT");
  });
});
