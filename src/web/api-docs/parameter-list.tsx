import { Trans } from "@lingui/react/macro";
import type { GuideRoute } from "./api-guide.ts";
import { WithCode } from "./with-code.tsx";

/** What a route takes in its address and headers. */
export function ParameterList({ parameters }: Pick<GuideRoute, "parameters">) {
  return (
    <dl className="docs-parameters">
      {parameters.map(({ name, place, isRequired, description }) => (
        <div className="docs-parameter" key={`${place} ${name}`}>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            {isRequired ? (
              <Trans>
                <code>{place}</code>, required
              </Trans>
            ) : (
              <code>{place}</code>
            )}
            {description === "" ? null : <WithCode text={`. ${description}`} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
