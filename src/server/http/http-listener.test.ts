import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../errors/errors.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { listen } from './http-listener.ts';

const listenAt = (host: string, port: number): Promise<unknown> =>
  listen(
    { host, port, tls: null, logger: createLogger('main', 'error') },
    { handle: (_, response) => response.end(), takeCall: () => false },
  ).then(
    (listener) => listener.close(),
    (error: unknown) => error,
  );

describe('an address that cannot be listened on', () => {
  it('is named with its setting and the remedy when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      const error = await listenAt('127.0.0.1', port);
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ code: 'bad_setting' });
      expect((error as Error).message).toMatch(new RegExp(`^LEAT_PORT ${port} is taken: .* set LEAT_PORT to a free`));
    } finally {
      other.close();
    }
    expect(await listenAt('127.0.0.1', port)).toBeUndefined();
  });

  it('is named with its setting when it is no address of this machine', async () => {
    // TEST-NET-1: no machine has it.
    const error = await listenAt('192.0.2.1', 0);
    expect(error).toMatchObject({ code: 'bad_setting' });
    expect((error as Error).message).toMatch(/^LEAT_HOST 192\.0\.2\.1 is no address of this machine/);
  });
});
