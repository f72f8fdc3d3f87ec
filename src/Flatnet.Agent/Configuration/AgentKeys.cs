namespace Flatnet.Agent.Configuration;

/// <summary>The keys of <see cref="AgentSettings"/>, as they are written in the file.</summary>
internal static class AgentKeys
{
    public const string TaskId = "task.id";
    public const string WorkDirectory = "task.workDir";
    public const string TaskTimeout = "task.timeout";
    public const string DetectsInput = "task.autoDetectInput";

    public const string StreamingEnabled = "logStreaming.enabled";
    public const string BufferSize = "logStreaming.bufferSize";
    public const string BatchSize = "logStreaming.batchSize";
    public const string FlushInterval = "logStreaming.flushInterval";
    public const string Level = "logStreaming.level";
    public const string MaxRetries = "logStreaming.maxRetries";
    public const string RetryInterval = "logStreaming.retryInterval";
    public const string MaxConcurrentStreams = "logStreaming.performance.maxConcurrentStreams";
    public const string RateLimit = "logStreaming.performance.rateLimitPerSecond";
    public const string MemoryLimit = "logStreaming.performance.memoryLimitMB";
    public const string IncludePatterns = "logStreaming.filters.includePatterns";
    public const string ExcludePatterns = "logStreaming.filters.excludePatterns";
    public const string FilterMode = "logStreaming.filters.mode";
    public const string MaxMessageLength = "logStreaming.filters.maxMessageLength";
    public const string StderrDefault = "levelDetection.stderrDefault";

    public const string SpoolDirectory = "spool.dir";
    public const string SpoolMaxBytes = "spool.maxBytes";
    public const string SpoolFsync = "spool.fsync";
    public const string SpoolOverflow = "spool.overflow";

    public const string SocketUrl = "websocket.url";
    public const string SocketTimeout = "websocket.timeout";
    public const string ReconnectInterval = "websocket.reconnectInterval";
    public const string MaxReconnectAttempts = "websocket.maxReconnectAttempts";
    public const string HeartbeatInterval = "websocket.heartbeatInterval";
    public const string RequireTls = "websocket.security.enableSSL";
    public const string VerifyCertificate = "websocket.security.verifyCert";
    public const string CertificatePath = "websocket.security.certPath";

    public const string ApiUrl = "api.url";
    public const string ApiTimeout = "api.timeout";
    public const string ApiRetryCount = "api.retryCount";
    public const string ApiRetryInterval = "api.retryInterval";
    public const string RequestsPerMinute = "api.rateLimit.requestsPerMinute";
    public const string BurstSize = "api.rateLimit.burstSize";

    public const string AuthType = "auth.type";
    public const string Token = "auth.token";
    public const string ApiKey = "auth.apiKey";

    public const string LoggingLevel = "logging.level";
    public const string LoggingFormat = "logging.format";
    public const string LoggingOutput = "logging.output";
    public const string LogFileEnabled = "logging.file.enabled";
    public const string LogFilePath = "logging.file.path";
    public const string LogFileMaxSize = "logging.file.maxSize";
    public const string LogFileMaxBackups = "logging.file.maxBackups";
    public const string LogFileMaxAge = "logging.file.maxAge";
    public const string LogFileCompress = "logging.file.compress";

    public const string MonitoringEnabled = "monitoring.enabled";
    public const string MonitoringMetrics = "monitoring.metrics";
    public const string PrometheusEnabled = "monitoring.prometheus.enabled";
    public const string PrometheusPort = "monitoring.prometheus.port";
}
