// Sizes and spans as people read them. Pure.

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes in powers of 1024, such as `1.5 GB`. */
export function formatBytes(bytes: number): string {
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  const size = bytes / 1024 ** step;
  return `${size >= 100 || Number.isInteger(size) ? Math.round(size) : size.toFixed(1)} ${units[step]}`;
}

export const formatDays = (days: number): string => (days === 1 ? '1 day' : `${formatNumber(days)} days`);
export const formatNumber = (count: number): string => count.toLocaleString('en');
