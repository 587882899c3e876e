import { describe, expect, it } from 'vitest';
import { describeSettings, parseSettings } from './parse-settings.ts';

describe('settings', () => {
  it('run with none set', () => {
    expect(parseSettings({})).toMatchObject({
      LEAT_PORT: 8080,
      LEAT_DATA_DIR: './data',
      LEAT_REGION: 'us',
      LEAT_LOG_URL: null,
    });
  });

  it('reports every fault at once, and the nearest name for an unknown one', () => {
    const parse = () => parseSettings({ LEAT_PROT: '1', LEAT_PORT: 'x', LEAT_REGION: 'mars', LEAT_TLS_CERT: 'a.pem' });
    expect(parse).toThrow(/LEAT_PROT is not a setting. Did you mean LEAT_PORT\?/);
    expect(parse).toThrow(/LEAT_PORT "x"/);
    expect(parse).toThrow(/LEAT_REGION "mars"/);
    expect(parse).toThrow(/LEAT_TLS_CERT and LEAT_TLS_KEY belong together/);
  });

  it.each([
    ['LEAT_RETENTION_DAYS', 'x', '"x": must be a whole number from 1 to 36500. How long .* Unset, it is 30\\.'],
    ['LEAT_PORT', '99999', '"99999": must be a whole number from 0 to 65535. Port to listen on.* Unset, it is 8080\\.'],
    ['LEAT_PORT', '1000000.5', '"1000000.5": must be a whole number from 0 to 65535. Port'],
    ['LEAT_REGION', 'mars', '"mars": must be us or eu. .* Unset, it is us\\.'],
    ['LEAT_PRIVATE_DESTINATIONS', 'yes', '"yes": must be true or false. .* Unset, it is false\\.'],
    ['LEAT_LOG_LEVEL', 'loud', '"loud": must be debug, info, warn or error. .* Unset, it is info\\.'],
    ['LEAT_PUBLIC_URL', 'cdp', '"cdp": must be an address such as https://cdp\\.example\\.com. .*'],
    ['LEAT_ADMIN_TOKEN', 'short', ': must have at least 16 characters. .*'],
    ['LEAT_WRITE_KEY', 'short', ': must have at least 16 characters. .*'],
  ])('says of %s=%s what the limit is, and what holds without it', (name, text, words) => {
    expect(() => parseSettings({ [name]: text })).toThrow(new RegExp(`^${name} ?${words}`));
    expect(() => parseSettings({ [name]: text })).not.toThrow(/expected|Invalid|Too (big|small)/);
  });

  it('reports engines and roles that this version does not have together with everything else', () => {
    const parse = () =>
      parseSettings({
        LEAT_LOG_URL: 'kafka://me:pass@host',
        LEAT_STATE_URL: 'x',
        LEAT_ROLES: 'ingest',
        LEAT_PORT: 'x',
      });
    expect(parse).toThrow(/^LEAT_PORT "x".*\nLEAT_LOG_URL: this version has the embedded engines only; unset it\./);
    expect(parse).toThrow(/\nLEAT_STATE_URL: .*\nLEAT_ROLES "ingest": with the embedded engines one process has all/);
    expect(parse).not.toThrow(/pass/);
  });

  it('never prints the value of a secret', () => {
    expect(() => parseSettings({ LEAT_ADMIN_TOKEN: 'tooshort' })).toThrow(/^LEAT_ADMIN_TOKEN: /);
    expect(() => parseSettings({ LEAT_ADMIN_TOKEN: 'tooshort' })).not.toThrow(/tooshort/);
    expect(JSON.stringify(describeSettings(parseSettings({ LEAT_ADMIN_TOKEN: 'x'.repeat(20) })))).not.toContain('xxx');
  });

  it('lets the variables that Kubernetes injects for a service called leat pass', () => {
    const injected = {
      LEAT_PORT: 'tcp://10.0.0.1:80',
      LEAT_SERVICE_HOST: '10.0.0.1',
      LEAT_SERVICE_PORT_HTTP: '80',
      LEAT_PORT_80_TCP: 'tcp://10.0.0.1:80',
      LEAT_PORT_80_TCP_ADDR: '10.0.0.1',
    };
    expect(parseSettings(injected).LEAT_PORT).toBe(8080);
  });

  it('reads the hosts of the regions and refuses other words', () => {
    expect(parseSettings({ LEAT_REGION_HOSTS: 'us=a.example:8080, eu=b.example' }).LEAT_REGION_HOSTS).toEqual({
      us: 'a.example:8080',
      eu: 'b.example',
    });
    expect(() => parseSettings({ LEAT_REGION_HOSTS: 'mars=x' })).toThrow(/"mars=x" is not of the form/);
  });

  it('prints only what differs from the defaults', () => {
    expect(describeSettings(parseSettings({ LEAT_PORT: '9000' }))).toEqual({ LEAT_PORT: 9000 });
  });
});
