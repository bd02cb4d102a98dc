// The API's operations, from its OpenAPI document: a new operation is attacked without a change of this suite.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const document = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../../client/openapi.json"), "utf8"));
const METHODS = ["get", "post", "put", "patch", "delete"];

export type Operation = {
  id: string;
  method: string;
  path: string;
  /** Names of the parameters in the path, in its order. */
  ids: string[];
  query: string[];
  type?: string;
  /** Example of a valid body. */
  example?: any;
};

const resolved = (schema: any): any => (schema?.$ref ? document.components.schemas[schema.$ref.split("/").at(-1)] : schema);

function operation(method: string, path: string, declared: any): Operation {
  const [type, content] = Object.entries<any>(declared.requestBody?.content ?? {})[0] ?? [];
  return {
    id: declared.operationId,
    method: method.toUpperCase(),
    path,
    ids: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
    query: (declared.parameters ?? []).filter((one: any) => one.in === "query").map((one: any) => one.name),
    type,
    example: resolved(content?.schema)?.example,
  };
}

export const OPERATIONS: Operation[] = Object.entries<any>(document.paths).flatMap(([path, methods]) =>
  METHODS.filter((method) => methods[method]).map((method) => operation(method, path, methods[method])));

/** The path of an operation with its parameters. */
export const fill = (path: string, ids: Record<string, string>) => path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? "missing");
