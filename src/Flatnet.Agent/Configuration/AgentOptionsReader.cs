using Flatnet.Agent.Spool;
using Flatnet.Logs;
using Flatnet.Logs.Redaction;
using Flatnet.Settings;
using LoggedLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flatnet.Agent.Configuration;

/// <summary>Makes the options of the settings' values, and checks what no setting can be checked for alone.</summary>
internal sealed class AgentOptionsReader
{
    private static readonly string[] KnownMetrics = ["logCount", "errorRate", "latency", "memoryUsage"];

    private readonly SettingValues _values;
    private readonly Func<string, string?> _environment;
    private readonly List<SettingMistake> _mistakes = [];

    private AgentOptionsReader(SettingValues values, Func<string, string?> environment)
    {
        _values = values;
        _environment = environment;
    }

    /// <exception cref="SettingsException">With all mistakes.</exception>
    public static AgentOptions Read(SettingValues values, Func<string, string?> environment) => new AgentOptionsReader(values, environment).Read();

    private AgentOptions Read()
    {
        TlsOptions tls = new()
        {
            IsRequired = _values.Flag(AgentKeys.RequireTls),
            VerifyCertificate = _values.Flag(AgentKeys.VerifyCertificate),
            CertificatePath = _values.Text(AgentKeys.CertificatePath),
        };
        Uri api = ServerUrls.Api(UrlOf(AgentKeys.ApiUrl, "http", "https", tls) ?? ServerUrls.Nowhere);
        Uri socket = _values.Has(AgentKeys.SocketUrl) ? UrlOf(AgentKeys.SocketUrl, "ws", "wss", tls) ?? ServerUrls.Nowhere : ServerUrls.SocketBeside(api);
        var options = new AgentOptions
        {
            Task = Task(),
            Streaming = Streaming(),
            Filter = Filter(),
            Spool = Spool(),
            Tls = tls,
            Api = Api(api),
            Socket = Socket(socket),
            Auth = Auth(),
            Logging = Logging(),
            Monitoring = Monitoring(),
        };
        return _mistakes.Count == 0 ? options : throw new SettingsException([.. _mistakes]);
    }

    private TaskOptions Task()
    {
        string? id = _values.Text(AgentKeys.TaskId);
        if (id is not null && !TaskId.IsValid(id))
        {
            Mistake(AgentKeys.TaskId, $"is '{id}': a task's ID has letters, digits and . _ - : alone, {TaskId.MaxLength} at most, and is not 'status'");
        }

        return new TaskOptions
        {
            Id = id,
            WorkDirectory = WorkDirectory(),
            Timeout = _values.Duration(AgentKeys.TaskTimeout),
            DetectsInput = _values.Flag(AgentKeys.DetectsInput),
        };
    }

    // The default is a container's; elsewhere the task runs where the agent was started.
    private string WorkDirectory()
    {
        string directory = Path.GetFullPath(_values.Text(AgentKeys.WorkDirectory)!);
        return _values.Origin(AgentKeys.WorkDirectory) == "default" && !Directory.Exists(directory) ? Environment.CurrentDirectory : directory;
    }

    private StreamingOptions Streaming() => new()
    {
        IsEnabled = _values.Flag(AgentKeys.StreamingEnabled),
        BufferSize = _values.Whole(AgentKeys.BufferSize),
        BatchSize = _values.Whole(AgentKeys.BatchSize),
        FlushInterval = _values.Duration(AgentKeys.FlushInterval),
        Level = Level(AgentKeys.Level),
        StderrDefault = Level(AgentKeys.StderrDefault),
        MaxRetries = _values.Whole(AgentKeys.MaxRetries),
        RetryInterval = _values.Duration(AgentKeys.RetryInterval),
        MaxConcurrentStreams = _values.Whole(AgentKeys.MaxConcurrentStreams),
        RateLimitPerSecond = _values.Whole(AgentKeys.RateLimit),
        MemoryLimit = (long)_values.Whole(AgentKeys.MemoryLimit) << 20,
    };

    private LogFilter Filter()
    {
        var options = new LogFilterOptions
        {
            IncludePatterns = _values.List(AgentKeys.IncludePatterns),
            ExcludePatterns = _values.List(AgentKeys.ExcludePatterns),
            Mode = _values.Text(AgentKeys.FilterMode) == "drop" ? RedactionMode.Drop : RedactionMode.Mask,
            MaxMessageLength = _values.Whole(AgentKeys.MaxMessageLength),
        };
        try
        {
            return new LogFilter(options);
        }
        catch (ArgumentException error)
        {
            _mistakes.Add(new SettingMistake("logStreaming.filters: " + error.Message));
            return new LogFilter(new LogFilterOptions());
        }
    }

    private SpoolOptions Spool() => new(_values.Text(AgentKeys.SpoolDirectory) ?? StateDirectory.Spool(_environment))
    {
        MaxBytes = _values.Size(AgentKeys.SpoolMaxBytes),
        Fsync = _values.Text(AgentKeys.SpoolFsync) switch
        {
            "always" => SpoolFsync.Always,
            "never" => SpoolFsync.Never,
            _ => SpoolFsync.Batch,
        },
        Overflow = _values.Text(AgentKeys.SpoolOverflow) == "block" ? SpoolOverflow.Block : SpoolOverflow.DropOldest,
    };

    private ApiOptions Api(Uri url) => new()
    {
        Url = url,
        Timeout = _values.Duration(AgentKeys.ApiTimeout),
        RetryCount = _values.Whole(AgentKeys.ApiRetryCount),
        RetryInterval = _values.Duration(AgentKeys.ApiRetryInterval),
        RequestsPerMinute = _values.Whole(AgentKeys.RequestsPerMinute),
        BurstSize = _values.Whole(AgentKeys.BurstSize),
    };

    private SocketOptions Socket(Uri url) => new()
    {
        Url = url,
        Timeout = _values.Duration(AgentKeys.SocketTimeout),
        ReconnectInterval = _values.Has(AgentKeys.ReconnectInterval) ? _values.Duration(AgentKeys.ReconnectInterval) : null,
        MaxReconnectAttempts = _values.Has(AgentKeys.MaxReconnectAttempts) ? _values.Whole(AgentKeys.MaxReconnectAttempts) : null,
        HeartbeatInterval = _values.Duration(AgentKeys.HeartbeatInterval),
    };

    private AuthOptions Auth()
    {
        foreach (string key in (ReadOnlySpan<string>)[AgentKeys.Token, AgentKeys.ApiKey])
        {
            // It becomes a header.
            if (_values.Text(key) is { } secret && (secret.Length == 0 || secret.AsSpan().ContainsAnyExceptInRange('!', '~')))
            {
                Mistake(key, "must be one line of printable characters without blanks");
            }
        }

        return new AuthOptions
        {
            Type = _values.Text(AgentKeys.AuthType) == "bearer" ? AuthType.Bearer : AuthType.ApiKey,
            Token = _values.Text(AgentKeys.Token),
            TokenFile = _values.SecretFile(AgentKeys.Token),
            ApiKey = _values.Text(AgentKeys.ApiKey),
            ApiKeyFile = _values.SecretFile(AgentKeys.ApiKey),
        };
    }

    private LoggingOptions Logging()
    {
        LogOutput output = _values.Flag(AgentKeys.LogFileEnabled) ? LogOutput.File : _values.Text(AgentKeys.LoggingOutput) switch
        {
            "stdout" => LogOutput.Stdout,
            "file" => LogOutput.File,
            _ => LogOutput.Stderr,
        };
        return new LoggingOptions
        {
            Level = Level(AgentKeys.LoggingLevel) switch
            {
                LogLevel.Trace => LoggedLevel.Trace,
                LogLevel.Debug => LoggedLevel.Debug,
                LogLevel.Info => LoggedLevel.Information,
                LogLevel.Warn => LoggedLevel.Warning,
                LogLevel.Error => LoggedLevel.Error,
                _ => LoggedLevel.Critical,
            },
            IsJson = (_values.Text(AgentKeys.LoggingFormat) ?? (output == LogOutput.File ? "json" : "text")) == "json",
            Output = output,
            Path = _values.Text(AgentKeys.LogFilePath)!,
            MaxSize = _values.Size(AgentKeys.LogFileMaxSize),
            MaxBackups = _values.Whole(AgentKeys.LogFileMaxBackups),
            MaxAge = _values.Duration(AgentKeys.LogFileMaxAge),
            Compress = _values.Flag(AgentKeys.LogFileCompress),
        };
    }

    private MonitoringOptions Monitoring()
    {
        foreach (string metric in _values.List(AgentKeys.MonitoringMetrics))
        {
            if (!KnownMetrics.Contains(metric))
            {
                Mistake(AgentKeys.MonitoringMetrics, $"names '{metric}': expected some of {string.Join(", ", KnownMetrics)}");
            }
        }

        return new MonitoringOptions
        {
            IsServed = _values.Flag(AgentKeys.MonitoringEnabled) && _values.Flag(AgentKeys.PrometheusEnabled),
            Port = _values.Whole(AgentKeys.PrometheusPort),
            Metrics = _values.List(AgentKeys.MonitoringMetrics),
        };
    }

    private LogLevel Level(string key) => LogLevelNames.TryParse(_values.Text(key), out LogLevel level) ? level : LogLevel.Info;

    private Uri? UrlOf(string key, string plain, string secure, TlsOptions tls)
    {
        string text = _values.Text(key)!;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || (url.Scheme != plain && url.Scheme != secure) || url.Host.Length == 0
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            // Not the address itself: there may be a password in it.
            Mistake(key, $"is no address of a server: expected {plain}://HOST[:PORT][/PATH] or {secure}://…, with no user, query or fragment");
            return null;
        }

        if (tls.IsRequired && url.Scheme == plain && !url.IsLoopback)
        {
            Mistake(key, $"is {url}: the token and the task's output would cross the network unencrypted. "
                + $"Use {secure}://, or set {AgentKeys.RequireTls} to false if the network is safe");
            return null;
        }

        return url;
    }

    private void Mistake(string key, string problem) => _mistakes.Add(new SettingMistake($"{key} ({_values.Origin(key)}) {problem}"));
}
