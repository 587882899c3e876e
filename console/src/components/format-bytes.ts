// Sizes as people read them, one way everywhere: as LEAT_RETENTION_GB counts.

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes in powers of 1024, such as `1.5 GB`. */
export function formatBytes(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const size = bytes / 1024 ** step;
  return `${size >= 100 || Number.isInteger(size) ? Math.round(size) : size.toFixed(1)} ${units[step]}`;
}
