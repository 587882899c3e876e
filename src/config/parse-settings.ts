// Reads the settings from an environment: every error at once, unknown names with their nearest known one.
import { InputError } from '../errors/errors.ts';
import { nearest } from '../lib/nearest.ts';
import { settingsTable } from './settings-table.ts';
import type { SettingName, Settings } from './settings-table.ts';

const names = Object.keys(settingsTable) as SettingName[];

/** Names that only the command line reads; legal in the server's environment too. */
const cliNames = new Set(['LEAT_URL']);

/**
 * What Kubernetes injects for a service called "leat": LEAT_SERVICE_HOST, LEAT_PORT_8080_TCP_ADDR and so on, and
 * LEAT_PORT itself as an address. Not ours, and not an error.
 */
const isServiceVariable = (name: string, value: string): boolean =>
  /^LEAT_(SERVICE_(HOST|PORT)(_\w+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/.test(name) ||
  (name === 'LEAT_PORT' && /^(tcp|udp|sctp):\/\//.test(value));

/**
 * Parses the `LEAT_*` names of an environment; unset and empty ones take their defaults.
 * @throws InputError `bad_setting` listing every fault, one line each. Values of secret settings are never printed.
 */
export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = [];
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('LEAT_') || value === undefined || value === '' || isServiceVariable(name, value)) continue;
    if (!(name in settingsTable) && !cliNames.has(name))
      faults.push(`${name} is not a setting. Did you mean ${nearest(name, names)}?`);
    given.set(name, value);
  }
  const parsed: Partial<Record<SettingName, unknown>> = {};
  for (const name of names) {
    const entry = settingsTable[name];
    const text = given.get(name) ?? entry.default;
    if (text === null) {
      parsed[name] = null;
      continue;
    }
    const result = entry.schema.safeParse(text);
    if (result.success) parsed[name] = result.data;
    else {
      const shown = entry.secret ? '' : ` "${text}"`;
      // One value may break one rule in two ways.
      const words = [...new Set(result.error.issues.map((issue) => issue.message))].join('; ');
      const fallback = entry.default ? ` Unset, it is ${entry.default}.` : '';
      faults.push(`${name}${shown}: ${words}. ${entry.doc}${fallback}`);
    }
  }
  if ((parsed.LEAT_TLS_CERT === null) !== (parsed.LEAT_TLS_KEY === null)) {
    faults.push('LEAT_TLS_CERT and LEAT_TLS_KEY belong together: set both, or neither.');
  }
  if (faults.length > 0) throw new InputError('bad_setting', faults.join('\n'));
  return parsed as Settings;
}

/** The settings that differ from their defaults, secrets blanked: what the start-up line prints. */
export function describeSettings(settings: Settings): Record<string, unknown> {
  const defaults = parseSettings({});
  const shown: Record<string, unknown> = {};
  for (const name of names) {
    if (JSON.stringify(settings[name]) === JSON.stringify(defaults[name])) continue;
    shown[name] = settingsTable[name].secret ? '•••' : settings[name];
  }
  return shown;
}

/** Settings of this process. The only reader of the server's environment. */
export const settingsFromEnvironment = (): Settings => parseSettings(process.env);
