export { LogClient } from './client.js';
export { Subscription } from './subscription.js';
export { Backoff } from './backoff.js';
export { LogServerError } from './errors.js';
