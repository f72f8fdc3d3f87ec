using System.Collections.Immutable;
using Flatnet.Settings;

namespace Flatnet.Agent.Configuration;

/// <summary>
/// The agent's settings: keys of the file, variables, defaults. Each variable is known as <c>FLATNET_…</c> and, from before, as
/// <c>KERUTA_…</c>; the first wins where both are set.
/// </summary>
internal static class AgentSettings
{
    public static SettingTable Table { get; } = new([.. Task, .. Streaming, .. Filters, .. Spool, .. Socket, .. Api, .. Auth, .. Logging, .. Monitoring]);

    private static SettingKey[] Task =>
    [
        new(AgentKeys.TaskId, SettingKind.Text, null, "The task that the lines belong to.") { Variables = Names("TASK_ID") },
        new(AgentKeys.WorkDirectory, SettingKind.Text, "/work", "Where the task is run.") { Variables = Names("WORK_DIR") },
        new(AgentKeys.TaskTimeout, SettingKind.Duration, "0", "How long the task may run; 0 for ever.") { Least = 0 },
        new(AgentKeys.DetectsInput, SettingKind.Flag, "true", "A prompt without line end makes the task WAITING_FOR_INPUT."),
    ];

    private static SettingKey[] Streaming =>
    [
        new(AgentKeys.StreamingEnabled, SettingKind.Flag, "true", "Send the task's lines to the server.") { Variables = Names("LOG_STREAMING_ENABLED") },
        new(AgentKeys.BufferSize, SettingKind.Whole, "1000", "Lines that are spooled in one write, at most.")
        {
            Variables = Names("LOG_BUFFER_SIZE"), Least = 1, Most = 1_000_000,
        },
        new(AgentKeys.BatchSize, SettingKind.Whole, "10", "Lines that are enough to send while earlier ones are on their way.")
        {
            Variables = Names("LOG_BATCH_SIZE"), Least = 1, Most = 500,
        },
        new(AgentKeys.FlushInterval, SettingKind.Duration, "1s", "How long fewer lines than that wait.")
        {
            Variables = Names("LOG_FLUSH_INTERVAL"), Least = 1, Most = 60_000,
        },
        new(AgentKeys.Level, SettingKind.Text, "INFO", "Lines below it are counted and not streamed.") { Variables = Names("LOG_LEVEL"), Choices = Levels },
        new(AgentKeys.MaxRetries, SettingKind.Whole, "3", "How often a batch is posted again in a row.") { Least = 0, Most = 100 },
        new(AgentKeys.RetryInterval, SettingKind.Duration, "5s", "The pause before a batch is posted again.") { Least = 1 },
        new(AgentKeys.MaxConcurrentStreams, SettingKind.Whole, "10", "Streams sent at a time: this task's and leftovers.") { Least = 1, Most = 1000 },
        new(AgentKeys.RateLimit, SettingKind.Whole, "1000", "Lines a second that are sent, after a burst of ten seconds' worth; 0 for no limit.") { Least = 0 },
        new(AgentKeys.MemoryLimit, SettingKind.Whole, "512", "MiB that queued and sent lines may hold; then the task waits.") { Least = 8, Most = 1 << 20 },
        new(AgentKeys.StderrDefault, SettingKind.Text, "INFO", "The level of a line of standard error that names none.") { Choices = Levels },
    ];

    private static SettingKey[] Filters =>
    [
        new(AgentKeys.IncludePatterns, SettingKind.List, ".*", "Only lines that match one of these."),
        new(AgentKeys.ExcludePatterns, SettingKind.List, ".*password.*,.*secret.*,.*token.*", "Lines that match one of these are masked or dropped."),
        new(AgentKeys.FilterMode, SettingKind.Text, "mask", "What happens to them.") { Choices = ["mask", "drop"] },
        new(AgentKeys.MaxMessageLength, SettingKind.Whole, "8192", "Bytes of a message; the rest is cut off.") { Least = 64, Most = 64 * 1024 },
    ];

    private static SettingKey[] Spool =>
    [
        new(AgentKeys.SpoolDirectory, SettingKind.Text, null, "Where lines wait for the server; ~/.local/state/flatnet/spool without one.") { Variables = Names("SPOOL_DIR") },
        new(AgentKeys.SpoolMaxBytes, SettingKind.Size, "1GiB", "How much of a stream may wait.") { Least = 64 * 1024 },
        new(AgentKeys.SpoolFsync, SettingKind.Text, "batch", "When it is forced to the disk.") { Choices = ["batch", "always", "never"] },
        new(AgentKeys.SpoolOverflow, SettingKind.Text, "block", "When it is full the task waits, or the oldest lines are dropped.")
        {
            Choices = ["block", "drop-oldest"],
        },
    ];

    private static SettingKey[] Socket =>
    [
        new(AgentKeys.SocketUrl, SettingKind.Text, null, "The WebSocket, without the task's ID; /ws/tasks beside api.url without one.") { Variables = Names("WEBSOCKET_URL") },
        new(AgentKeys.SocketTimeout, SettingKind.Duration, "30s", "How long connecting may take.") { Variables = Names("WEBSOCKET_TIMEOUT"), Least = 1 },
        new(AgentKeys.ReconnectInterval, SettingKind.Duration, null, "The first pause before connecting again, 1s without one; it doubles up to 30s.")
        {
            Variables = Names("WEBSOCKET_RECONNECT_INTERVAL"), Least = 1,
        },
        new(AgentKeys.MaxReconnectAttempts, SettingKind.Whole, null, "Failures in a row after which only REST is used; endless without one.")
        {
            Variables = Names("WEBSOCKET_MAX_RECONNECT_ATTEMPTS"), Least = 0,
        },
        new(AgentKeys.HeartbeatInterval, SettingKind.Duration, "30s", "How often the server is asked whether it is there.") { Least = 1, Most = 60_000 },
        new(AgentKeys.RequireTls, SettingKind.Flag, "true", "Servers beyond this machine must be reached over https and wss."),
        new(AgentKeys.VerifyCertificate, SettingKind.Flag, "true", "The server's certificate must be valid."),
        new(AgentKeys.CertificatePath, SettingKind.Text, null, "PEM file of the authorities to trust instead of the system's."),
    ];

    private static SettingKey[] Api =>
    [
        new(AgentKeys.ApiUrl, SettingKind.Text, "http://localhost:8080/api/v1", "The server, with or without /api/v1.") { Variables = Names("API_URL") },
        new(AgentKeys.ApiTimeout, SettingKind.Duration, "30s", "How long an answer may take.") { Variables = Names("API_TIMEOUT", "TIMEOUT"), Least = 1 },
        new(AgentKeys.ApiRetryCount, SettingKind.Whole, "3", "How often a request is repeated.")
        {
            Variables = Names("API_RETRY_COUNT", "RETRY_COUNT"), Least = 0, Most = 100,
        },
        new(AgentKeys.ApiRetryInterval, SettingKind.Duration, "5s", "The pause before that.") { Variables = Names("API_RETRY_INTERVAL", "RETRY_INTERVAL"), Least = 1 },
        new(AgentKeys.RequestsPerMinute, SettingKind.Whole, "1000", "Requests a minute; 0 for no limit.") { Least = 0 },
        new(AgentKeys.BurstSize, SettingKind.Whole, "100", "Requests that may be sent at once.") { Least = 1 },
    ];

    private static SettingKey[] Auth =>
    [
        new(AgentKeys.AuthType, SettingKind.Text, "bearer", "How the agent shows who it is.") { Variables = Names("AUTH_TYPE"), Choices = ["bearer", "api-key"] },
        new(AgentKeys.Token, SettingKind.Text, null, "The token.") { Variables = Names("AUTH_TOKEN", "API_TOKEN"), IsSecret = true },
        new(AgentKeys.ApiKey, SettingKind.Text, null, "The API key.") { Variables = Names("API_KEY"), IsSecret = true },
    ];

    private static SettingKey[] Logging =>
    [
        new(AgentKeys.LoggingLevel, SettingKind.Text, "INFO", "The least level of the agent's own log.") { Choices = Levels },
        new(AgentKeys.LoggingFormat, SettingKind.Text, null, "json or text; json in a file and text elsewhere without one.") { Choices = ["json", "text"] },
        new(AgentKeys.LoggingOutput, SettingKind.Text, "stderr", "Where the agent's own log goes.") { Choices = ["stderr", "stdout", "file"] },
        new(AgentKeys.LogFileEnabled, SettingKind.Flag, "false", "The same as logging.output: file."),
        new(AgentKeys.LogFilePath, SettingKind.Text, "/var/log/flatnet/agent.log", "The file."),
        new(AgentKeys.LogFileMaxSize, SettingKind.Size, "100MB", "A file that grew to this is set aside.") { Least = 4096 },
        new(AgentKeys.LogFileMaxBackups, SettingKind.Whole, "5", "Files set aside that are kept.") { Least = 0, Most = 1000 },
        new(AgentKeys.LogFileMaxAge, SettingKind.Duration, "30d", "How long they are kept.") { Least = 1000 },
        new(AgentKeys.LogFileCompress, SettingKind.Flag, "false", "They are compressed with gzip."),
    ];

    private static SettingKey[] Monitoring =>
    [
        new(AgentKeys.MonitoringEnabled, SettingKind.Flag, "true", "Count what is reported below."),
        new(AgentKeys.MonitoringMetrics, SettingKind.List, "logCount,errorRate,latency,memoryUsage", "What is reported."),
        new(AgentKeys.PrometheusEnabled, SettingKind.Flag, "false", "Serve /metrics and /health while a task runs."),
        new(AgentKeys.PrometheusPort, SettingKind.Whole, "9090", "On this port of 127.0.0.1.") { Least = 0, Most = 65535 },
    ];

    private static ImmutableArray<string> Levels => ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

    private static ImmutableArray<string> Names(params ReadOnlySpan<string> names)
    {
        var all = ImmutableArray.CreateBuilder<string>(names.Length * 2);
        foreach (string prefix in (ReadOnlySpan<string>)["FLATNET_", "KERUTA_"])
        {
            foreach (string name in names)
            {
                all.Add(prefix + name);
            }
        }

        return all.ToImmutable();
    }
}
