// What delivery has to say to the operator: the composition root turns each into a log line and a metric.

export type DeliveryReport =
  /** The destination as a whole fails; again when the reason changes, not at each probe that fails as before. */
  | { readonly kind: 'breaker opened'; readonly destinationId: string; readonly reason: string }
  | { readonly kind: 'breaker closed'; readonly destinationId: string }
  /** Retention took events before they could be delivered: they are counted as discarded(retention). An alarm. */
  | { readonly kind: 'retention gap'; readonly destinationId: string; readonly events: number }
  /** The destination's configuration cannot be used; its cursor stands until it is changed. */
  | { readonly kind: 'unusable configuration'; readonly destinationId: string; readonly reason: string }
  /** The log or the store fails; it is tried again until it works. */
  | { readonly kind: 'waiting for storage'; readonly doing: string; readonly reason: string }
  /** What the cursor passed, for metrics. */
  | {
      readonly kind: 'progress';
      readonly destinationId: string;
      readonly outcome: 'delivered' | 'filtered' | 'failed' | 'discarded';
      readonly events: number;
    };

export type Reporter = (report: DeliveryReport) => void;
