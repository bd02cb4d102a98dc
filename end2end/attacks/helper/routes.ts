// The portal's routes, from its router: a new route is attacked without a change of this suite.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

export type Route = { path: string; isForm: boolean };

const source = readFileSync(resolve(import.meta.dirname, "../../../server/src/router.rs"), "utf8");

export const ROUTES: Route[] = source.split(".route(").slice(1)
  .map((text) => ({ path: /^\s*"([^"]+)"/.exec(text)?.[1] ?? "", isForm: /\.post\(|\bpost\(/.test(text) }))
  .filter(({ path }) => path.startsWith("/"));
if (ROUTES.length < 40) throw new Error(`found ${ROUTES.length} routes in server/src/router.rs`);

export const FORMS = ROUTES.filter(({ isForm }) => isForm).map(({ path }) => path);
