// The Postman environment: where to send, and the key to send with.

export const toEnvironment = (host: string, key: string): object => ({
  name: 'Leat',
  values: [
    { key: 'host', value: host, type: 'default', enabled: true },
    { key: 'key', value: key, type: 'secret', enabled: true },
  ],
  _postman_variable_scope: 'environment',
});
