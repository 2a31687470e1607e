import { problemAnswers } from "./problem-answers.ts";
import { routeErrorCodes, type RouteShape } from "./route-error-codes.ts";

/**
 * A route of the API. Its refusals stand in `errors`; their statuses, descriptions and examples in
 * the OpenAPI document follow from them. Tests hold every refusal that they meet against it.
 */
export function route<Path extends string, Shape extends RouteShape & { path: Path }>(
  shape: Shape,
): Omit<Shape, "errors"> & { path: Path } {
  const { errors: _, ...config } = shape;
  return {
    ...config,
    responses: { ...shape.responses, ...problemAnswers(routeErrorCodes(shape)) },
  };
}
