// A request to a destination and its answer, as the control API shows them.
import { z } from 'zod';

export const exchangeAnswer = z
  .object({
    request: z.object({
      method: z.string(),
      url: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string(),
    }),
    response: z.object({ status: z.int(), body: z.string() }).nullable(),
  })
  .meta({ id: 'Exchange', description: 'A request and its answer, secrets blanked.' });
