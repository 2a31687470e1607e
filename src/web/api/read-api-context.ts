import { createContext, useContext } from "react";
import { readFromBrowser, type ReadApi } from "./read-api.ts";

/** How the components below ask the API. */
export const ReadApiContext = createContext<ReadApi>(readFromBrowser);

/** How to ask the API from here. */
export function useReadApi(): ReadApi {
  return useContext(ReadApiContext);
}
