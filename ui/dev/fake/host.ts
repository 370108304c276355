/** Answers as the browser host does, from an invented core in memory. Each value of the cookie `world` has its own. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { commands, Refused } from './commands';
import { World, type Scenario } from './world';

/** The policy of the shipped app, with the host's own address where the app has Tauri's. */
const POLICY =
  "default-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' blob: data:; style-src 'self'; " +
  "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";

export function fakeHost(): Plugin {
  const worlds = new Map<string, World>();

  function worldOf(request: IncomingMessage): World {
    const name = /(?:^|;\s*)world=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'default';
    const world = worlds.get(name) ?? new World({});
    worlds.set(name, world);
    return world;
  }

  const answer: Connect.NextHandleFunction = (request, response, next) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path === '/events') return stream(worldOf(request), response);
    if (request.method === 'POST' && path === '/fake/reset') {
      void body(request).then((scenario) => {
        worldOf(request).reset(scenario as Scenario);
        send(response, {});
      });
      return;
    }
    if (request.method === 'POST' && path.startsWith('/ipc/')) {
      void body(request).then((args) => call(worldOf(request), path.slice(5), args as Record<string, never>, response));
      return;
    }
    next();
  };

  return {
    name: 'fake-host',
    configureServer: (server) => void server.middlewares.use(answer),
    configurePreviewServer: (server) => {
      server.middlewares.use((_, response, next) => {
        response.setHeader('content-security-policy', POLICY);
        next();
      });
      server.middlewares.use(answer);
    },
  };
}

function call(world: World, name: string, args: Record<string, never>, response: ServerResponse): void {
  try {
    const command = commands[name];
    if (command === undefined) throw new Refused('unknown_command');
    world.check(name);
    send(response, command(world, args) ?? null);
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    response.setHeader('x-drempel-refused', '1');
    send(response, { code: refusal.code, fields: refusal.fields });
  }
}

function stream(world: World, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  const stop = world.hear((name, payload) => response.write(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`));
  response.on('close', stop);
}

function send(response: ServerResponse, answer: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}

async function body(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}
