import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Server, startServer } from '../../../electron/hosts/browser/server.ts';
import { loadStaticFiles } from '../../../electron/hosts/staticFiles.ts';
import type { Port } from '../../../electron/rpc/port.ts';
import { type Answer, request, upgradeHeaders } from './request.ts';
import { makeDir, removeDir } from './startHost.ts';

/** A real server on a small built window, for all tests of one file. */
export interface TestServer {
  readonly server: Server;
  readonly port: number;
  /** Every connection to /rpc that was let in. */
  readonly ports: Port[];
  readonly builtDir: string;
  readonly bearer: { readonly Authorization: string };
  readonly cookie: { readonly Cookie: string };
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  upgrade(protocols?: string, headers?: Record<string, string>, path?: string): Promise<Answer>;
}

/** Starts it before the tests of this file and ends it after them. */
export function testServer(): TestServer {
  const dir = makeDir();
  const builtDir = join(dir, 'built');
  const ports: Port[] = [];
  let server: Server;

  beforeAll(async () => {
    mkdirSync(join(builtDir, 'assets'), { recursive: true });
    writeFileSync(
      join(builtDir, 'index.html'),
      '<meta name="csp-nonce" content="__INKLING_NONCE__"><p>the page</p>',
    );
    writeFileSync(join(builtDir, 'theme.js'), 'theme()');
    writeFileSync(join(builtDir, 'assets/main-a1b2.js'), 'main()');
    writeFileSync(join(builtDir, 'notes.exe'), 'of no known type');
    writeFileSync(join(dir, 'outside.js'), 'outside');
    server = await startServer(0, {
      files: loadStaticFiles(builtDir),
      health: () => ({ schema: 1, sqlite: '3', engine: 'running', offline: true }),
      onPort: (opened) => ports.push(opened),
    });
  });
  afterAll(async () => {
    await server.close();
    removeDir(dir);
  });

  return {
    ports,
    builtDir,
    get server() {
      return server;
    },
    get port() {
      return Number(new URL(server.url).port);
    },
    get bearer() {
      return { Authorization: `Bearer ${server.guard.secrets.token}` };
    },
    get cookie() {
      return { Cookie: `inkling-${this.port}=${server.guard.secrets.cookie}` };
    },
    get(path, headers = {}) {
      return request(this.port, path, { headers });
    },
    upgrade(protocols, headers = {}, path = '/rpc') {
      return request(this.port, path, { headers: { ...upgradeHeaders(protocols), ...headers } });
    },
  };
}
