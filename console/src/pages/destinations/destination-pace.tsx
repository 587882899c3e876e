// How a destination is being served at this moment: what the breaker, the adaptive limit and the rate allow.
import { TimeAgo } from '../../components/time-ago.tsx';
import { Fact } from './fact.tsx';
import { formatCount } from './destination-health.ts';
import type { Destination } from './destination-queries.ts';

const breakerWords = { closed: 'Closed', open: 'Open', probing: 'Probing' } as const;

export function DestinationPace({ pace }: Pick<Destination, 'pace'>) {
  if (!pace) return <Fact label="Breaker" value="–" note="not served while it is off" />;
  const { breaker, nextProbeAt, lastRetryAfter, inFlight, limit, maxConcurrency, ratePerSecond } = pace;
  return (
    <>
      <Fact
        label="Breaker"
        value={breakerWords[breaker]}
        note={
          nextProbeAt ? (
            <>
              tried again <TimeAgo at={nextProbeAt} />
            </>
          ) : breaker === 'probing' ? (
            'one request is under way'
          ) : (
            'requests pass'
          )
        }
      />
      <Fact
        label="Requests at once"
        value={`${formatCount(inFlight)} of ${formatCount(limit)}`}
        note={`adapts to its answers, up to ${formatCount(maxConcurrency)}`}
      />
      <Fact
        label="Rate limit"
        value={ratePerSecond === null ? 'None' : `${formatCount(ratePerSecond)} a second`}
        note={
          lastRetryAfter ? (
            <>
              asked for a pause <TimeAgo at={lastRetryAfter.at} />, of{' '}
              {formatCount(Math.ceil(lastRetryAfter.ms / 1000))} s
            </>
          ) : (
            'has not asked for a pause'
          )
        }
      />
    </>
  );
}
