// Counts and spans as people read them. Pure.

export const formatDays = (days: number): string => (days === 1 ? '1 day' : `${formatNumber(days)} days`);
export const formatNumber = (count: number): string => count.toLocaleString('en');
