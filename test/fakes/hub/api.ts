import type { ServerResponse } from 'node:http';
import type { Repo, Repos } from './repos.ts';

/** Answers the hub's JSON calls: search, info and file lists. */
export function answerApi(repos: Repos, url: URL, origin: string, response: ServerResponse): unknown {
  if (url.pathname === '/api/models') return answerSearch(repos, url, origin, response);
  const match = /^\/api\/models\/([^/]+\/[^/]+)(?:\/(revision|tree)\/([^/]+))?(?:\/.*)?$/.exec(url.pathname);
  const [, name = '', what, revision = 'main'] = match ?? [];
  const found = repos.find(decodeURI(name), decodeURIComponent(revision));
  if (!found)
    return json(response, 404, { error: 'Repository not found' }, { 'x-error-code': 'RepoNotFound' });
  if (what !== 'tree') return json(response, 200, infoOf(name, found.repo, found.commit));
  const entries = [...found.files].map(([path, file]) => ({
    type: 'file',
    path,
    size: file.bytes.length,
    oid: 'a'.repeat(40),
    ...(file.sha256 ? { lfs: { oid: file.sha256, size: file.bytes.length, pointerSize: 135 } } : {}),
  }));
  return page(entries, url, origin, response);
}

function answerSearch(repos: Repos, url: URL, origin: string, response: ServerResponse): unknown {
  const query = (url.searchParams.get('search') ?? '').toLowerCase();
  const filters = url.searchParams.getAll('filter');
  const rows = [...repos.all]
    .filter(([name]) => name.toLowerCase().includes(query))
    .filter(([, repo]) => filters.every((tag) => tagsOf(repo).includes(tag)))
    .sort(([, a], [, b]) => b.downloads - a.downloads)
    .map(([name, repo]) => infoOf(name, repo, repo.commit));
  return page(rows, url, origin, response);
}

function page(rows: readonly unknown[], url: URL, origin: string, response: ServerResponse): unknown {
  const limit = Number(url.searchParams.get('limit') ?? 1000);
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const headers: Record<string, string> = { ratelimit: '"api";r=499;t=200' };
  if (from + limit < rows.length) {
    const next = new URL(url.pathname + url.search, origin);
    next.searchParams.set('cursor', String(from + limit));
    headers['link'] = `<${next.href}>; rel="next"`;
  }
  return json(response, 200, rows.slice(from, from + limit), headers);
}

const tagsOf = (repo: Repo) => [...repo.tags, ...(repo.license ? [`license:${repo.license}`] : [])];

function infoOf(name: string, repo: Repo, commit: string) {
  return {
    _id: '0'.repeat(24),
    id: name,
    author: name.split('/')[0],
    sha: commit,
    gated: repo.gated,
    private: false,
    downloads: repo.downloads,
    likes: repo.likes,
    lastModified: '2026-10-01T00:00:00.000Z',
    tags: tagsOf(repo),
    cardData: repo.license ? { license: repo.license } : null,
    gguf: repo.gguf,
  };
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  return response
    .writeHead(status, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify(body));
}
