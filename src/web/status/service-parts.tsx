import { Trans, useLingui } from "@lingui/react/macro";
import type { ApiStatus } from "../contract.ts";
import { Moment } from "../ui/moment.tsx";
import { StateMark } from "./state-mark.tsx";
import { problemWords } from "./state-words.ts";

/** Codes that keep nothing from its work. */
const harmless = new Set<string>([
  "database.filling",
  "database.replica_unwell",
  "cache.unwell",
  "search.unwell",
  "search.behind",
]);

/** What keeps parts of the service from their work, and which software it is. */
export function ServiceParts({ status }: { status: ApiStatus }) {
  const { i18n } = useLingui();
  const { causes, release, api_version: version, looked_at: lookedAt } = status;
  return (
    <section className="status-part" aria-labelledby="status-parts">
      <h2 id="status-parts">
        <Trans>The service</Trans>
      </h2>
      {causes.length === 0 ? (
        <p className="status-problem">
          <StateMark state="agrees" />
          <Trans>Record, log, database, certification, logins, cache and search all work.</Trans>
        </p>
      ) : (
        <ul className="status-problems">
          {causes.map((code) => (
            <li key={code} className="status-problem">
              <StateMark state={harmless.has(code) ? "behind" : "degraded"} />
              {i18n._(problemWords[code])}
            </li>
          ))}
        </ul>
      )}
      <dl className="status-software">
        <div>
          <dt>
            <Trans>Release</Trans>
          </dt>
          <dd>
            <code>{release}</code>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>API version</Trans>
          </dt>
          <dd>
            <code>{version}</code>
          </dd>
        </div>
        <div>
          <dt>
            <Trans>Looked at</Trans>
          </dt>
          <dd>
            <Moment iso={lookedAt} show="clock" />
          </dd>
        </div>
      </dl>
    </section>
  );
}
