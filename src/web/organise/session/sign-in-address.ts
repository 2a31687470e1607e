import { organiseAddress } from "../organise-addresses.ts";

/** The page for signing in, to which a login service's refusals lead. */
export const signInAddress = `${organiseAddress}/sign-in`;
/** Where the tab of a login ends that was opened beside another. */
export const signedInAgainAddress = `${signInAddress}?again=1`;
