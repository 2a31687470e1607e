import { describe, expect, it } from "vitest";
import { clientAddressOf, unknownAddress } from "../../../../src/http/admission/client-address.ts";

function addressOf(header?: string): string {
  const headers: Record<string, string> =
    header === undefined ? {} : { "cf-connecting-ip": header };
  return clientAddressOf(new Request("https://enviro.example/", { headers }));
}

describe("a client's address", () => {
  it("is an IPv4 address as the platform saw it", () => {
    expect(addressOf("203.0.113.7")).toBe("203.0.113.7");
  });

  it("is the first 56 bits of an IPv6 address, however it is written", () => {
    const one = "2001:db8:0:4200::/56";
    for (const address of [
      "2001:db8:0:4200::1",
      "2001:db8:0:42ff:ffff:ffff:ffff:ffff",
      "2001:0DB8:0000:4242:0000:0000:0000:0001",
      "2001:db8::4242:8:9:a:b",
    ]) {
      expect(addressOf(address)).toBe(one);
    }
    expect(addressOf("2001:db8:0:4300::1")).toBe("2001:db8:0:4300::/56");
    expect(addressOf("2001:db8:0:41ff::1")).toBe("2001:db8:0:4100::/56");
    expect(addressOf("2001:db8:1:4200::1")).toBe("2001:db8:1:4200::/56");
    expect(addressOf("2001:db8:0:42::1")).toBe("2001:db8:0:0::/56");
    expect(addressOf("::1")).toBe("0:0:0:0::/56");
    expect(addressOf("fe80::")).toBe("fe80:0:0:0::/56");
  });

  it("is that of IPv4 where IPv6 only wraps one", () => {
    expect(addressOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
  });

  it("is one for all where there is none", () => {
    expect([addressOf(), addressOf("")]).toEqual([unknownAddress, unknownAddress]);
  });
});
