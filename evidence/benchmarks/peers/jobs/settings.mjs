// What the measuring process and the workers agree on.

/** Where the one Redis listens: `run` starts it and says where. */
export const connection = { host: '127.0.0.1', port: Number(process.env.PEER_REDIS_PORT) };

/** Jobs that one worker process runs at a time, as many as a node of Muster's bench. */
export const SLOTS = 256;

/** The queue that is filled in bulk and drained. */
export const DRAINED = 'drained';
