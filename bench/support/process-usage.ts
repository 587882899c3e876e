// CPU time and memory of another process, from Linux's /proc (proc(5)).
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** CPU seconds (user and system) of all present threads, to the nanosecond. */
export function cpuSeconds(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return nanoseconds / 1e9;
}

/** CPU seconds that all processes of the machine used since it started, in hundredths. */
export function machineCpuSeconds(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / 100;
}

/** Resident set size in bytes; 0 once the process has ended. */
function residentBytes(pid: number): number {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return 0;
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) * 1024;
}

export interface MemoryWatch {
  /** The most it saw so far, bytes. */
  peak(): number;
  stop(): void;
}

/** Watches the resident set of the process that `pid` names at the time, every 100 ms until stopped. */
export function watchMemory(pid: () => number): MemoryWatch {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, residentBytes(pid()));
  };
  look();
  const timer = setInterval(look, 100);
  return { peak: () => peak, stop: () => clearInterval(timer) };
}
