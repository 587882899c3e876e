// Starts a us and an eu server that know each other's addresses.
import { deadPort } from '../support/webhook-receiver.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

export interface Regions {
  readonly us: TestServer;
  readonly eu: TestServer;
  dispose(): Promise<void>;
}

export async function startRegions(): Promise<Regions> {
  // Both have to know both addresses before either listens, so free ports are looked for first.
  const [usPort, euPort] = [await deadPort(), await deadPort()];
  const hosts = `us=127.0.0.1:${usPort},eu=127.0.0.1:${euPort}`;
  const start = (region: 'us' | 'eu', port: number): Promise<TestServer> =>
    startServer({
      settings: {
        LEAT_REGION: region,
        LEAT_PORT: String(port),
        LEAT_REGION_HOSTS: hosts,
        LEAT_WRITE_KEY: `${region}_write_key_for_tests_0001`,
      },
    });
  const us = await start('us', usPort);
  const eu = await start('eu', euPort);
  return {
    us,
    eu,
    dispose: async () => {
      await Promise.all([us.dispose(), eu.dispose()]);
    },
  };
}
