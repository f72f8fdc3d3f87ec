/** One line of a task's log. */
export interface LogLine {
  /** Its place in the task, from 1: order and cursor. */
  seq: number;
  id: string;
  taskId: string;
  /** RFC 3339 in UTC, to the nanosecond. */
  timestamp: string;
  source: 'stdout' | 'stderr' | 'agent';
  level: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
  message: string;
  lineNumber?: number;
  metadata?: Record<string, unknown>;
  streamId?: string;
  sequence?: number;
  /** More of the same line follows in the next entry with the same `lineNumber` and `source`. */
  partial?: boolean;
  /** The `sequence` of a partial entry that this one contains whole. */
  replaces?: number;
  truncated?: boolean;
  originalLength?: number;
}

export type Source = LogLine['source'];
export type LogLevel = LogLine['level'];

export interface ClientOptions {
  /** A JWT or an API key, or a function that fetches one: it is asked anew for each connection. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /** For platforms without one, such as Node before 22. */
  WebSocket?: new (address: string) => any;
  fetch?: typeof globalThis.fetch;
}

export interface SubscribeOptions {
  sources?: Source[];
  levels?: LogLevel[];
  /** Only lines with this text in them, in any case. */
  q?: string;
  /** How many of the last lines come first; 100 unless said. */
  tail?: number;
  /** The last line that is known: what follows it comes. Wins over `tail`. */
  afterSeq?: number;
  /** `false`: what is stored, then the end. */
  realtime?: boolean;
  /** Try again where the task does not exist yet. */
  waitForTask?: boolean;
  /** Pauses between connections in milliseconds; 1 s, doubling to 30 s, unless said. */
  backoff?: { first?: number; longest?: number; random?: () => number };
}

export interface Gap {
  taskId: string;
  fromSeq: number;
  toSeq: number;
  count: number;
  reason: string;
}

export interface End {
  taskId: string;
  status: string;
  exitCode?: number;
  lastSeq: number;
}

export type SubscriptionState = 'connecting' | 'live' | 'reconnecting' | 'paused' | 'ended' | 'closed' | 'failed';

export interface SubscriptionHandlers {
  /** New lines, in order, each once. */
  onLines?(lines: LogLine[]): void;
  /** Lines that the server left out because we were slow; `LogClient.read` fetches them. */
  onGap?(gap: Gap): void;
  /** Old lines were deleted on the server. */
  onTruncated?(truncated: { taskId: string; beforeSeq: number }): void;
  /** The task is over and all its lines were handed out. */
  onEnd?(end: End): void;
  onState?(state: SubscriptionState): void;
  /** Something went wrong; unless the state becomes `failed`, it goes on by itself. */
  onError?(error: unknown): void;
}

export interface ReadOptions {
  afterSeq?: number;
  beforeSeq?: number;
  limit?: number;
  tail?: number;
  sources?: Source[];
  levels?: LogLevel[];
  q?: string;
  order?: 'asc' | 'desc';
}

export interface LogPage {
  content: LogLine[];
  size: number;
  firstSeq: number | null;
  lastSeq: number;
  hasMore: boolean;
}

export interface Task {
  id: string;
  status: string;
  exitCode?: number;
  createdAt: string;
  updatedAt: string;
  endedAt?: string;
  firstSeq: number;
  lastSeq: number;
}

export class LogServerError extends Error {
  readonly code: string;
  readonly status?: number;
  readonly retryable: boolean;
  constructor(code: string, message: string, details?: { status?: number; retryable?: boolean; cause?: unknown });
}

/** How long to wait before the next attempt. */
export class Backoff {
  constructor(options?: { first?: number; longest?: number; random?: () => number });
  next(): number;
  reset(): void;
}

/** One task, followed over as many connections as it takes. */
export class Subscription {
  private constructor();
  /** The last line handed out; null before the first. */
  readonly cursor: number | null;
  readonly state: SubscriptionState;
  /** Ends it: no event comes after this, and there is no new connection. */
  close(): void;
  /** Lets go of the connection; `resume` goes on after the cursor. */
  pause(): void;
  resume(): void;
}

/** A log server. */
export class LogClient {
  constructor(server: string | URL, options?: ClientOptions);
  subscribe(taskId: string, options?: SubscribeOptions, handlers?: SubscriptionHandlers): Subscription;
  /** Line by line until the task ends; leaving the loop ends it as well. */
  follow(taskId: string, options?: SubscribeOptions): AsyncGenerator<LogLine, void, void>;
  /** Lines that are stored. */
  read(taskId: string, options?: ReadOptions): Promise<LogPage>;
  /** The tasks, the last written to first. */
  tasks(): Promise<{ content: Task[] }>;
}
