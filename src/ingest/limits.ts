// Every limit of ingest in one place, with where it comes from. "Facts" is the Pipelines API fact sheet.

/** One call, raw bytes as they stand in the body (facts, sections 3.1 and 13). */
export const maxCallBytes = 32_768;
/** One batch, after decompression (facts, sections 3.1 and 13). */
export const maxBatchBytes = 512_000;
/** A body is kept up to here, also after decompression, so that its fault can be named (facts, section 13). */
export const maxBodyBytes = 1024 * 1024;
/** A larger body is drained up to here and then answered, so that the client sees the answer and not a reset; past it the connection is cut. */
export const maxDrainedBytes = 8 * 1024 * 1024;
/** What is kept of a body too large: enough for the sample of its rejection and for a key near its start. */
export const keptPrefixBytes = 64 * 1024;

/** An envelope's context is copied into each call of its batch; the copies together may not exceed this. */
export const maxEnvelopeCopyBytes = 4 * 1024 * 1024;

/** From this many bytes of bodies in memory on, new bodies wait unread (back-pressure); from twice as many they are refused. */
export const heldBytesHighWater = 64 * 1024 * 1024;
/** Bodies that are unpacked at a time, until their events are on their way; zlib has so many threads. */
export const maxUnpacked = 4;
/** A body that waited unread this long is refused, before the server's own timeout would cut it off. */
export const maxWaitUnreadMs = 20_000;

/** Requests per window and source from which a source is marked (facts, section 3.1). */
export const softRateLimit = 3000;
export const rateWindowMs = 3000;

/** Start of a body that is kept with a rejection. */
export const sampleBytes = 2048;
/** Bad calls of one batch that are recorded and named one by one; the rest is counted. */
export const maxNamedFaults = 100;

/** A body that has been coming in for this long is refused while others have to wait for it. */
export const slowBodyMs = 5000;

/** Told to clients with a 503. Above 30 s an official client gives up at once (client contract, section 3). */
export const retryAfterSeconds = 5;

/** How often what was seen of the sources is handed to the store. */
export const activityFlushMs = 1000;
