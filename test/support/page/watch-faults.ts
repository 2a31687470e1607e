import type { BrowserContext, ConsoleMessage, Page, Request } from "playwright-core";

/** All that went wrong in a page, and what of it was expected. */
export interface FaultWatch {
  faults: string[];
  /** Allows refused requests whose address ends so. */
  expectRefusal(status: number, pathEnd: string): void;
  /** Allows requests of this path to fail, as they do while the server is gone. */
  expectNoAnswer(path: RegExp): void;
  /** Allows what the browser says where a part of the page's code does not come. */
  expectLostCode(): void;
}

/** The browser tells the console what a policy has refused; this says which part of it. */
const reportViolations = `addEventListener("securitypolicyviolation", (event) => {
  console.error("policy: " + event.violatedDirective + " " + event.blockedURI + " " + event.sample);
})`;

/**
 * Notes errors and warnings of the console, thrown errors (React reports what it could not hydrate as
 * one), violations of the content security policy, requests that failed and those that were refused.
 */
export async function watchFaults(context: BrowserContext, page: Page): Promise<FaultWatch> {
  const faults: string[] = [];
  const refusals: { status: number; pathEnd: string }[] = [];
  const unanswered: RegExp[] = [];
  let isCodeLost = false;
  const note = (fault: string): void => {
    if (!isCodeLost || !lostCode.test(fault)) faults.push(fault);
  };
  const isExpected = (status: number, url: string): boolean =>
    refusals.some((each) => each.status === status && new URL(url).pathname.endsWith(each.pathEnd));
  const isUnanswered = (url: string): boolean =>
    URL.canParse(url) && unanswered.some((each) => each.test(new URL(url).pathname));

  await context.addInitScript(reportViolations);
  page.on("pageerror", (error) => note(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    if (isOfRefusal(message, isExpected) || isUnanswered(addressOf(message))) return;
    note(`${message.type()}: ${message.text()}`);
  });
  page.on("requestfailed", (request) => {
    if (isLeft(request) || isUnanswered(request.url())) return;
    note(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    const status = response.status();
    if (status < 400 || isExpected(status, response.url())) return;
    note(`refused: ${status} ${response.url()}`);
  });
  return {
    faults,
    expectRefusal: (status, pathEnd) => refusals.push({ status, pathEnd }),
    expectNoAnswer: (path) => unanswered.push(path),
    expectLostCode: () => {
      isCodeLost = true;
    },
  };
}

/** How browser and build tool name code that did not come. */
const lostCode =
  /dynamically imported module|Unable to preload CSS|MIME type|error loading module/i;

/** What a message of the console is about: of a socket that fails its text alone says it. */
function addressOf(message: ConsoleMessage): string {
  const [, socket] = /^WebSocket connection to '([^']+)' failed/.exec(message.text()) ?? [];
  return socket ?? message.location().url;
}

/** The browser itself says of each refused request that it failed. */
function isOfRefusal(
  message: ConsoleMessage,
  isExpected: (status: number, url: string) => boolean,
): boolean {
  const status = /^Failed to load resource: .* status of (\d{3})/.exec(message.text())?.[1];
  return status !== undefined && isExpected(Number(status), message.location().url);
}

/** Whoever leaves a page ends its requests. */
function isLeft(request: Request): boolean {
  return request.failure()?.errorText === "net::ERR_ABORTED";
}
