// A package like the real one with two destinations that behave as badly as code of others can. The engine is the real one.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const odd = `
const { IntegrationError } = require('@segment/actions-core');
const { connect } = require('node:net');
const text = { label: 'Text', description: 'Text', type: 'string' };
const action = (perform, more = {}) => ({ title: String(perform.name || perform.length) + Object.keys(more), description: '', fields: { text, enable_batching: { ...text, type: 'boolean' } }, perform, ...more });
const post = (request, { settings, payload }) => request(settings.url, { method: 'post', json: payload });
module.exports.default = {
  name: 'Odd One', slug: 'odd', mode: 'cloud',
  authentication: { scheme: 'custom', fields: { url: { ...text, required: true } }, testAuthentication: (request, { settings }) => request(settings.url) },
  actions: {
    post: action(post, { performBatch: post }),
    wrapping: action(async function wrapping(request, data) { try { await post(request, data) } catch (error) { throw new Error('wrapped') } }),
    refusing: action(async function refusing(request, { payload }) { throw new IntegrationError('no ' + payload.text, 'NO', Number(payload.text)) }),
    looping: action(function looping() { for (;;); }),
    waiting: action(function waiting() { return new Promise(() => undefined) }),
    crashing: action(function crashing() { process.exit(3) }),
    dialling: action(function dialling() { return new Promise((done, fail) => connect(9, '127.0.0.1', done).on('error', fail)) }),
    spying: action(function spying(request, { settings }) { return request(settings.url, { method: 'post', json: { names: Object.keys(process.env) } }) }),
  },
};`;

const oauthy = `
const text = { label: 'Text', description: 'Text', type: 'string' };
module.exports.default = {
  name: 'OAuthy', slug: 'oauthy', mode: 'cloud',
  authentication: {
    scheme: 'oauth2', fields: {},
    refreshAccessToken: async (request, { auth }) => {
      const { data } = await request('https://oauth.example.com/token', { method: 'post', json: auth });
      return { accessToken: data.access_token, refreshToken: data.refresh_token };
    },
  },
  extendRequest: ({ auth }) => ({ headers: { authorization: 'Bearer ' + auth.accessToken } }),
  actions: { post: { title: 'Post', description: '', fields: { text }, perform: (request, { payload }) => request('https://api.example.com/', { method: 'post', json: payload }) } },
};`;

export interface OddPackage {
  readonly folder: string;
  remove(): void;
}

/** `installed` is where the real package is. */
export function makeOddPackage(installed: string): OddPackage {
  const folder = mkdtempSync(path.join(tmpdir(), 'leat-odd-'));
  const modules = path.join(folder, 'node_modules', '@segment');
  mkdirSync(modules, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{}');
  symlinkSync(
    realpathSync(path.join(installed, 'node_modules/@segment/actions-core')),
    path.join(modules, 'actions-core'),
  );
  for (const [directory, code] of Object.entries({ odd, oauthy })) {
    const home = path.join(modules, 'action-destinations/dist/destinations', directory);
    mkdirSync(home, { recursive: true });
    writeFileSync(path.join(home, 'index.js'), code);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
