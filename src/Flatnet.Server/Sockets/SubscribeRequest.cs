using System.Collections.Immutable;
using Flatnet.Logs;
using Flatnet.Logs.Wire;
using Flatnet.Server.Errors;
using Flatnet.Server.Live;
using Flatnet.Server.Storage;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Sockets;

/// <summary>Checks what a viewer asks for.</summary>
internal static class SubscribeRequest
{
    private const int DefaultTail = 100;
    private const int MaxTail = 10_000;
    private const int MaxText = 1_000;

    /// <exception cref="ApiException">An option makes no sense; the message names it.</exception>
    public static LiveRequest Read(string taskId, SubscribeOptions? options)
    {
        options ??= new();
        if (options.Tail is < 0 or > MaxTail)
        {
            throw Invalid($"'tail' must be 0 to {MaxTail}.");
        }

        if (options.AfterSeq < 0)
        {
            throw Invalid("'afterSeq' must be the seq of a line, or 0 for all lines.");
        }

        if (options.Q is { Length: > MaxText })
        {
            throw Invalid($"'q' must have {MaxText} characters at most.");
        }

        return new LiveRequest
        {
            TaskId = taskId,
            AfterSeq = options.AfterSeq,
            Tail = options.Tail ?? DefaultTail,
            IsRealtime = options.Realtime ?? true,
            Filter = new LogFilter
            {
                Sources = Mask(options.Sources, Source),
                Levels = Mask(options.Levels, Level),
                Text = string.IsNullOrEmpty(options.Q) ? null : options.Q,
            },
        };
    }

    private static int Mask(ImmutableArray<string>? names, Func<string?, int> read) =>
        names is { IsDefaultOrEmpty: false } list ? list.Aggregate(0, (mask, name) => mask | read(name)) : ~0;

    private static int Source(string? name) => LogSourceNames.TryParse(name, out LogSource source)
        ? 1 << (int)source
        : throw Invalid($"'sources' must be stdout, stderr or agent, not '{name}'.");

    private static int Level(string? name)
    {
        if (!LogLevelNames.TryParse(name, out LogLevel level))
        {
            throw Invalid($"'levels' must be TRACE, DEBUG, INFO, WARN, ERROR or FATAL, not '{name}'.");
        }

        return (1 << (int)level) | level switch
        {
            LogLevel.Debug => 1 << (int)LogLevel.Trace,
            LogLevel.Error => 1 << (int)LogLevel.Fatal,
            _ => 0,
        };
    }

    private static ApiException Invalid(string message) => new(400, ErrorCode.ValidationError, message);
}
