/** What Cloudflare allows, and how near to it we go. */
export const platformLimits = {
  /** What the platform keeps for one object. */
  objectBytesMax: 10_000_000_000,
  /** What the platform takes of one queue a second. */
  queueMessagesASecondMax: 5_000,
  isolateKeysMax: 1_000,

  /**
   * Half of what Cloudflare documents as the most, in November 2026, for objects and D1 alike: 2 MB a
   * value, row or bound parameter, 100 bound parameters, 100 KB a statement. The local runtime takes
   * more, so tests enforce these.
   */
  platformValueBytesMax: 1_048_576,
  platformParametersMax: 50,
  platformStatementBytesMax: 50_000,
  /** The same of Queues: 128 kB a message, 256 kB a send. */
  platformMessageBytesMax: 64_000,
  platformSendBytesMax: 128_000,
  /** Headers of ballot tokens: one a key and signer, a handful while keys rotate. */
  isolateTokenHeadersMax: 100,
} as const;
