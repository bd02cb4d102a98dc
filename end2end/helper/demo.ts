// Demo data from the API that is never modified: the expected content of pages.
import { API } from "./addresses.js";

/** A published agent, as in the API. */
export type Card = {
  agentId: string;
  name: string;
  description: string;
  agentType: string;
  version: string;
  capabilities: string[];
  tags: string[];
  owner: string;
  publisher: { slug: string; displayName: string };
  deploymentEnv: string;
  did: string;
  createdAt: string;
  publishedAt: string;
  updatedAt: string;
  moderation: string;
  claims: { kind: string; target: string; method: string; result: string; checkedAt: string; expiresAt: string; evidenceUrl: string | null }[];
};

/** An agent with its documents. */
export type Detail = Card & {
  didDocument: Record<string, unknown>;
  agentCard: Record<string, any> | null;
  links: { didDocument: string; agentCard: string | null };
};

const read = async <T>(path: string): Promise<T> => {
  const response = await fetch(`${API}/api/v1/marketplace${path}`);
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return (await response.json()) as T;
};

export type Found = { data: Card[]; totalCount: number };

/** Results of a search. */
export const search = (query: string) => read<Found>(`/agents?${query}`);

/** The agent with a name. */
export async function demo(name: string): Promise<Detail> {
  const { data } = await search(`limit=5&q=${encodeURIComponent(name)}`);
  const card = data.find((card) => card.name === name);
  if (!card) throw new Error(`the demo data has no ${name}`);
  return read<Detail>(`/agents/${card.agentId}`);
}
