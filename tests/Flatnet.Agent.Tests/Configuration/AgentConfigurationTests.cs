using Flatnet.Agent.Configuration;
using Flatnet.Agent.Spool;
using Flatnet.Agent.Tests.Support;
using Flatnet.Logs;
using Flatnet.Settings;

namespace Flatnet.Agent.Tests.Configuration;

public sealed class AgentConfigurationTests
{
    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        AgentOptions options = TestOptions.With();

        Assert.True(options.Streaming.IsEnabled);
        Assert.Equal(1000, options.Streaming.BufferSize);
        Assert.Equal(10, options.Streaming.BatchSize);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Streaming.FlushInterval);
        Assert.Equal(LogLevel.Info, options.Streaming.Level);
        Assert.Equal(LogLevel.Info, options.Streaming.StderrDefault);
        Assert.Equal(3, options.Streaming.MaxRetries);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Streaming.RetryInterval);
        Assert.Equal(10, options.Streaming.MaxConcurrentStreams);
        Assert.Equal(1000, options.Streaming.RateLimitPerSecond);
        Assert.Equal(512L << 20, options.Streaming.MemoryLimit);
        Assert.Equal("ws://localhost:8080/ws/tasks", options.Socket.Url.ToString());
        Assert.Equal(TimeSpan.FromSeconds(30), options.Socket.Timeout);
        Assert.Null(options.Socket.MaxReconnectAttempts);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Socket.HeartbeatInterval);
        Assert.True(options.Tls.IsRequired);
        Assert.True(options.Tls.VerifyCertificate);
        Assert.Equal("http://localhost:8080/api/v1", options.Api.Url.ToString());
        Assert.Equal(TimeSpan.FromSeconds(30), options.Api.Timeout);
        Assert.Equal(3, options.Api.RetryCount);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Api.RetryInterval);
        Assert.Equal(1000, options.Api.RequestsPerMinute);
        Assert.Equal(100, options.Api.BurstSize);
        Assert.Equal(AuthType.Bearer, options.Auth.Type);
        Assert.Equal(Directory.Exists("/work") ? "/work" : Environment.CurrentDirectory, options.Task.WorkDirectory);
        Assert.Equal(TimeSpan.Zero, options.Task.Timeout);
        Assert.True(options.Task.DetectsInput);
        Assert.Equal(1L << 30, options.Spool.MaxBytes);
        Assert.Equal(SpoolFsync.Batch, options.Spool.Fsync);
        Assert.Equal(SpoolOverflow.Block, options.Spool.Overflow);
        Assert.Equal(LogOutput.Stderr, options.Logging.Output);
        Assert.Equal(100_000_000, options.Logging.MaxSize);
        Assert.Equal(5, options.Logging.MaxBackups);
        Assert.Equal(TimeSpan.FromDays(30), options.Logging.MaxAge);
        Assert.False(options.Monitoring.IsServed);
        Assert.Equal(9090, options.Monitoring.Port);
    }

    public static TheoryData<string, string, string> Variables => new()
    {
        { "LOG_STREAMING_ENABLED", "false", AgentKeys.StreamingEnabled },
        { "LOG_BUFFER_SIZE", "2000", AgentKeys.BufferSize },
        { "LOG_BATCH_SIZE", "50", AgentKeys.BatchSize },
        { "LOG_FLUSH_INTERVAL", "2", AgentKeys.FlushInterval },
        { "LOG_LEVEL", "debug", AgentKeys.Level },
        { "WEBSOCKET_URL", "wss://logs.example/ws/tasks", AgentKeys.SocketUrl },
        { "WEBSOCKET_TIMEOUT", "7", AgentKeys.SocketTimeout },
        { "WEBSOCKET_RECONNECT_INTERVAL", "9", AgentKeys.ReconnectInterval },
        { "WEBSOCKET_MAX_RECONNECT_ATTEMPTS", "4", AgentKeys.MaxReconnectAttempts },
        { "API_URL", "https://logs.example", AgentKeys.ApiUrl },
        { "API_TIMEOUT", "11", AgentKeys.ApiTimeout },
        { "TIMEOUT", "12", AgentKeys.ApiTimeout },
        { "API_RETRY_COUNT", "6", AgentKeys.ApiRetryCount },
        { "RETRY_COUNT", "7", AgentKeys.ApiRetryCount },
        { "API_RETRY_INTERVAL", "8", AgentKeys.ApiRetryInterval },
        { "RETRY_INTERVAL", "9", AgentKeys.ApiRetryInterval },
        { "AUTH_TYPE", "api-key", AgentKeys.AuthType },
        { "AUTH_TOKEN", "t1", AgentKeys.Token },
        { "API_TOKEN", "t2", AgentKeys.Token },
        { "API_KEY", "k1", AgentKeys.ApiKey },
        { "SPOOL_DIR", "/var/spool/x", AgentKeys.SpoolDirectory },
        { "TASK_ID", "t-1", AgentKeys.TaskId },
        { "WORK_DIR", "/srv", AgentKeys.WorkDirectory },
    };

    [Theory]
    [MemberData(nameof(Variables))]
    public void Each_variable_is_known_under_both_names(string name, string value, string key)
    {
        foreach (string prefix in (string[])["KERUTA_", "FLATNET_"])
        {
            using var directory = new TestDirectory();
            SettingValues values = Load(directory, new() { [prefix + name] = value }).Values;
            Assert.Equal("variable " + prefix + name, values.Origin(key));
        }
    }

    [Fact]
    public void A_flag_wins_over_a_variable_that_over_the_file_and_the_new_name_over_the_old()
    {
        using var directory = new TestDirectory();
        directory.File("config.yaml", "logStreaming:\n  level: WARN\n");
        Dictionary<string, string> flags = new() { [AgentKeys.Level] = "TRACE" };
        Dictionary<string, string> both = new() { ["KERUTA_LOG_LEVEL"] = "ERROR", ["FLATNET_LOG_LEVEL"] = "DEBUG" };
        Dictionary<string, string> old = new() { ["KERUTA_LOG_LEVEL"] = "ERROR" };

        Assert.Equal(LogLevel.Trace, Load(directory, both, flags).Options.Streaming.Level);
        Assert.Equal(LogLevel.Debug, Load(directory, both).Options.Streaming.Level);
        Assert.Equal(LogLevel.Error, Load(directory, old).Options.Streaming.Level);
        Assert.Equal(LogLevel.Warn, Load(directory, []).Options.Streaming.Level);
    }

    [Fact]
    public void The_first_of_two_variables_of_one_setting_wins()
    {
        using var directory = new TestDirectory();
        Assert.Equal("first", Load(directory, new() { ["KERUTA_API_TOKEN"] = "second", ["KERUTA_AUTH_TOKEN"] = "first" }).Options.Auth.Token);
    }

    [Fact]
    public void Json_has_the_same_keys()
    {
        using var directory = new TestDirectory();
        directory.File("config.yaml", """{"logStreaming":{"performance":{"rateLimitPerSecond":5}},"websocket":{"security":{"verifyCert":false}}}""");
        AgentOptions options = Load(directory, []).Options;

        Assert.Equal(5, options.Streaming.RateLimitPerSecond);
        Assert.False(options.Tls.VerifyCertificate);
    }

    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080/api/v1", "ws://localhost:8080/ws/tasks")]
    [InlineData("http://localhost:8080/", "http://localhost:8080/api/v1", "ws://localhost:8080/ws/tasks")]
    [InlineData("https://a.example/logs/api/v1/", "https://a.example/logs/api/v1", "wss://a.example/logs/ws/tasks")]
    public void The_server_may_be_named_with_or_without_its_path(string written, string api, string socket)
    {
        AgentOptions options = TestOptions.With((AgentKeys.ApiUrl, written));
        Assert.Equal(api, options.Api.Url.ToString());
        Assert.Equal(socket, options.Socket.Url.ToString());
    }

    [Fact]
    public void Plain_text_beyond_this_machine_must_be_allowed()
    {
        SettingsException error = Assert.Throws<SettingsException>(() => TestOptions.With(
            (AgentKeys.ApiUrl, "http://logs.example"), (AgentKeys.SocketUrl, "ws://logs.example/ws/tasks")));
        Assert.Equal(2, error.Mistakes.Length);
        Assert.Contains("https://", error.Message, StringComparison.Ordinal);
        Assert.Contains(AgentKeys.RequireTls, error.Message, StringComparison.Ordinal);

        AgentOptions options = TestOptions.With((AgentKeys.ApiUrl, "http://logs.example"), (AgentKeys.RequireTls, "false"));
        Assert.Equal("ws", options.Socket.Url.Scheme);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_and_no_secret_with_them()
    {
        SettingsException error = Assert.Throws<SettingsException>(() => TestOptions.With(
            (AgentKeys.ApiUrl, "http://user:hidden@localhost"), (AgentKeys.TaskId, "a/b"), (AgentKeys.Token, "hid den"), (AgentKeys.ExcludePatterns, "(")));
        Assert.Equal(4, error.Mistakes.Length);
        Assert.DoesNotContain("hid", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_is_refused_with_the_nearest_known_one()
    {
        using var directory = new TestDirectory();
        directory.File("config.yaml", "logStreaming:\n  bachSize: 5\n");
        SettingsException error = Assert.Throws<SettingsException>(() => Load(directory, []));
        Assert.Contains("logStreaming.batchSize", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_is_looked_for_in_the_home_directory()
    {
        using var directory = new TestDirectory();
        directory.File(".config/flatnet/agent.yaml", "task:\n  id: new\n");
        Dictionary<string, string> variables = new() { ["HOME"] = directory.Path };
        Assert.Equal("new", AgentConfiguration.Load(null, new Dictionary<string, string>(), variables.GetValueOrDefault).Options.Task.Id);

        directory.File(".keruta/config.yaml", "task:\n  id: old\n");
        Assert.Equal("old", AgentConfiguration.Load(null, new Dictionary<string, string>(), variables.GetValueOrDefault).Options.Task.Id);
    }

    private static AgentConfiguration Load(TestDirectory directory, Dictionary<string, string> variables, Dictionary<string, string>? flags = null)
    {
        string file = directory.File("config.yaml");
        return AgentConfiguration.Load(File.Exists(file) ? file : directory.File("config.yaml", ""), flags ?? [], variables.GetValueOrDefault);
    }
}
