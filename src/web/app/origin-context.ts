import { createContext, useContext } from "react";

/** The origin that the site is read from, as in "https://vote.example". */
export const OriginContext = createContext("");

/** The site's origin, for addresses that are read elsewhere: on paper, in a command. */
export function useOrigin(): string {
  return useContext(OriginContext);
}
