/** Keys, sessions, tokens and logins. */
export const signInLimits = {
  tokensMax: 1_000,
  /** A revoked API key works at most this much longer. */
  apiKeyFreshMs: 30_000,

  tokenLifetimeSecondsDefault: 7 * 86_400,
  tokenLifetimeSecondsMax: 366 * 86_400,
  /**
   * After the close a token casts nothing. For a day a late repeat still gets its receipt, and a
   * voter may ask whether the vote was counted.
   */
  tokenAfterCloseMs: 86_400_000,

  apiKeysMax: 10_000,

  /**
   * Keys for stations that one organiser has issued: 100 halls in each of two decisions, and room.
   * Twenty organisers together leave half of all keys to admins.
   */
  stationKeysAnOwnerMax: 250,
  /** Our own keys have 102 characters; a deployment's first one may be longer. */
  sessionKeyCharactersMax: 512,
  /** A working day with its evening; whoever works longer signs in once more, and goes on. */
  sessionMs: 12 * 3_600_000,
  /**
   * Of one key or login: a few devices and browsers each day. The oldest ends where one more begins.
   */
  sessionsOfKeyMax: 20,
  /** Rows of some 500 bytes: 25 MB of the registry's 10 GB, read one at a time. */
  sessionsMax: 50_000,
  /** Of hexadecimal digits, 32 are 128 bits, which nobody guesses; fewer were typed by a person. */
  adminKeyCharactersMin: 32,

  /** An ID token of a few dozen claims is about 2 kB; headers as a whole may have 16 kB. */
  idTokenCharactersMax: 8_192,
  /** Clocks of issuers are in step to seconds; what the specifications' own examples grant. */
  loginClockToleranceSeconds: 60,
  /**
   * A login is exchanged right after it, by the page that the issuer sends its voter back to; ten
   * minutes are what the specification recommends for what is exchanged once (RFC 6749, 4.1.2).
   */
  loginAgeSecondsMax: 600,
  /** OpenID Connect Core, 2: a `sub` has at most 255 characters. */
  subjectCharactersMax: 255,
  /** As a code verifier (RFC 7636, 4.1): 43 characters are 32 random bytes in base64url. */
  loginSecretCharactersMin: 43,
  loginSecretCharactersMax: 128,
  /**
   * A ballot token from a login is asked for when it is needed, so an hour, as ID tokens themselves
   * have, is enough.
   */
  loginTokenLifetimeSeconds: 3_600,
  /** A login is as good as a receipt's proof for as long as a voter needs to find the way back. */
  freshLoginSeconds: 900,
  claimNameCharactersMax: 255,
  /** A group's name, or a mail address. */
  claimValueCharactersMax: 320,
  /** A council has a login of its own, an association one for each member. */
  staffProvidersMax: 20,
  /** A rule for each office and role. */
  staffRulesMax: 100,
  /** Ten minutes to find one's password and second factor; a code itself is good for one. */
  staffLoginMs: 600_000,
  /** Where in the app somebody goes on after a login: a path with its query. */
  returnToCharactersMax: 512,
  /** Issuers publish two to six keys of about 500 bytes, some with certificates of 2 kB each. */
  jwksBytesMax: 65_536,
  jwksKeysMax: 100,
  jwksAnswerMsMax: 3_000,
  /**
   * A key that an issuer took back is good for at most ten minutes more, or an hour while the
   * issuer does not answer.
   */
  jwksFreshMs: 600_000,
  jwksStaleMsMax: 3_600_000,
  /**
   * An unknown kid, or an issuer that failed, is asked about at most twice a minute by an isolate:
   * what rotated in between waits so long.
   */
  jwksAskAgainMs: 30_000,
  /** Requests that an isolate sends an issuer at once, before it has its first keys. */
  jwksRequestsMax: 16,

  /** A Turnstile token has at most so many (developers.cloudflare.com/turnstile). */
  turnstileTokenCharactersMax: 2_048,
  /** The secret keys of widgets have 35. */
  turnstileSecretCharactersMax: 256,
  /** Cloudflare's own service: a fraction of a second, or it is away. */
  turnstileAnswerMsMax: 3_000,
  /** An answer is about 300 bytes, with 255 characters of `cdata` at most 2 kB. */
  turnstileAnswerBytesMax: 8_192,
  /** An isolate tells of an outage so often. */
  turnstileReportMs: 60_000,
} as const;
