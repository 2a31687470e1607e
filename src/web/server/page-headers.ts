const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  // Without scripts a search is a form of this site.
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types enviro-worker",
].join("; ");

/**
 * Headers of every page: scripts, styles and images of this origin alone (CSP level 3), and no text
 * becomes code (Trusted Types).
 */
export const pageHeaders: Record<string, string> = {
  "cache-control": "no-cache",
  // Vite's own client runs inline and by a socket where the sources are served.
  ...(import.meta.env.MODE === "development" ? {} : { "content-security-policy": policy }),
  "content-type": "text/html; charset=utf-8",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  // The language of a page is the reader's.
  vary: "Accept-Language, Cookie",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
