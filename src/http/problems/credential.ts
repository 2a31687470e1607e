import type { ProblemTable } from "./problem-table.ts";

/** A credential that is missing, unknown or of the wrong role, logins, challenges and API keys. */
export const credentialProblems = {
  "credential.missing": {
    status: 401,
    title: "No credential was sent",
    detail: "Send `Authorization: Bearer` with a ballot token or an API key.",
  },
  "key.invalid": {
    status: 401,
    title: "The API key is not known",
    detail: "Check the key, or ask an admin for a new one.",
  },
  "session.ended": {
    status: 401,
    title: "The session has ended",
    detail: "Sign in again, then repeat the request: nothing was changed.",
  },
  "session.cross_site": {
    status: 403,
    title: "The request did not come from a page of this site",
    detail:
      "A session's cookie changes something only from this site's own pages. Send an API key instead.",
  },
  "sessions.full": {
    status: 409,
    title: "There are too many sessions",
    detail: "Sign out where you no longer work, or wait until sessions have expired.",
  },
  "token.invalid": {
    status: 401,
    title: "The ballot token is not valid",
    detail: "Ask the organiser for a new ballot token.",
  },
  "token.expired": {
    status: 401,
    title: "The ballot token has expired",
    detail: "Ask the organiser for a new ballot token.",
  },
  "token.superseded": {
    status: 401,
    title: "The ballot token is no longer good",
    detail:
      "A newer one was issued, it was revoked, or the roll was imported anew: ask the organiser for a new ballot token.",
  },
  "token.too_early": {
    status: 409,
    title: "Tokens can't be issued yet",
    detail:
      "Import the roll first or, where the electorate is open, open the decision: its key is made then.",
  },
  "token.wrong_decision": {
    status: 403,
    title: "The ballot token is for another decision",
    detail: "Use the token that was issued for this decision.",
  },
  "login.invalid": {
    status: 401,
    title: "The login is not valid",
    detail: "Log in again with the issuer that the decision names, and send the ID token it gives.",
  },
  "login.expired": {
    status: 401,
    title: "The login has expired",
    detail: "Log in again and send the new ID token.",
  },
  "login.already_used": {
    status: 401,
    title: "The login was exchanged before",
    detail: "Each is exchanged once: log in again, with a nonce of its own.",
  },
  "login.other_voter": {
    status: 403,
    title: "The login's subject stands for another voter",
    detail:
      "Who has logged in as one voter of a decision can't log in as another: ask the organiser.",
  },
  "login.not_offered": {
    status: 409,
    title: "The decision takes no logins",
    detail: "Ask the organiser for a ballot token.",
  },
  "login.unknown_issuer": {
    status: 422,
    title: "The issuer is none that this deployment trusts",
    detail: "Name an issuer of EXTERNAL_ISSUERS, exactly as it stands there.",
  },
  "login.unavailable": {
    status: 503,
    title: "The login can't be checked now",
    detail:
      "The issuer's keys were not to be had; repeat the request after the time in Retry-After.",
    retryAfterSeconds: 5,
  },
  "challenge.failed": {
    status: 403,
    title: "The challenge was not passed",
    detail:
      "Send as `turnstile` the token of the Turnstile widget on this deployment's login page: one is good for five minutes, and once. Nothing was changed, and the login is still good.",
  },
  "challenge.unavailable": {
    status: 503,
    title: "The challenge can't be checked now",
    detail: "Nothing was changed; repeat the request after the time in Retry-After.",
    retryAfterSeconds: 5,
  },
  "role.forbidden": {
    status: 403,
    title: "This credential may not do that",
    detail: "Use a credential whose role and scope allow it.",
  },
  "key.not_found": {
    status: 404,
    title: "There is no such API key",
    detail: "GET /api/v1/api-keys lists them.",
  },
  "station_key.replaces_votes": {
    status: 403,
    title: "Stations of this decision replace votes, so admins issue their keys",
    detail: "Ask an admin for the key: who issues ballot tokens must not replace votes as well.",
  },
  "keys.full": {
    status: 409,
    title: "There are too many API keys",
    detail: "Revoke keys that are no longer used.",
  },
} satisfies ProblemTable;
