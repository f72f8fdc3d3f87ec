using System.Text.RegularExpressions;
using Flatnet.Logs;
using Flatnet.Server.Errors;
using Flatnet.Server.Storage;
using LogLevel = Flatnet.Logs.LogLevel;

namespace Flatnet.Server.Rest.Query;

/// <summary>Reads which lines are wanted.</summary>
internal static class FilterReader
{
    /// <summary>A pattern may not become larger than this inside: <c>(a{1000}){1000}</c> is short and asks for a million states.</summary>
    private const int LargestPattern = 10_000;

    static FilterReader() => AppContext.SetData("REGEX_NONBACKTRACKING_MAX_AUTOMATA_SIZE", LargestPattern);

    public static LogFilter Filter(QueryReader query) => new()
    {
        Sources = Sources(query),
        Levels = Levels(query) & MinLevel(query),
        Text = query.Text(Parameters.Q),
        Pattern = Pattern(query),
    };

    /// <summary>The times, the first included, the second not.</summary>
    /// <exception cref="ApiException">The first is after the second.</exception>
    public static (long? From, long? To) Range(QueryReader query)
    {
        (long? from, long? to) = (query.Time(Parameters.From), query.Time(Parameters.To));
        return from > to ? throw Refusal.Parameter(Parameters.From.Name, "'from' is after 'to'.") : (from, to);
    }

    private static int Sources(QueryReader query)
    {
        int bits = 0;
        foreach (string name in query.List(Parameters.Source))
        {
            bits |= LogSourceNames.TryParse(name, out LogSource source) ? 1 << (int)source : 0;
        }

        return bits == 0 ? LogFilter.All.Sources : bits;
    }

    private static int Levels(QueryReader query)
    {
        int bits = 0;
        foreach (string name in query.List(Parameters.Level))
        {
            bits |= Level(name) switch
            {
                LogLevel.Debug => 1 << (int)LogLevel.Debug | 1 << (int)LogLevel.Trace,
                LogLevel.Error => 1 << (int)LogLevel.Error | 1 << (int)LogLevel.Fatal,
                LogLevel other => 1 << (int)other,
            };
        }

        return bits == 0 ? LogFilter.All.Levels : bits;
    }

    private static int MinLevel(QueryReader query)
    {
        if (query.Text(Parameters.MinLevel) is not { } name)
        {
            return LogFilter.All.Levels;
        }

        // As with the filter by level, DEBUG includes TRACE.
        LogLevel least = Level(name);
        return ~0 << (int)(least == LogLevel.Debug ? LogLevel.Trace : least);
    }

    // One of the parameter's choices, which are all levels.
    private static LogLevel Level(string name) => LogLevelNames.TryParse(name, out LogLevel level) ? level : throw new ArgumentException(name, nameof(name));

    private static Regex? Pattern(QueryReader query)
    {
        if (query.Text(Parameters.Regex) is not { } text)
        {
            return null;
        }

        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw Refusal.Parameter(Parameters.Regex.Name, $"'regex' cannot be used: {error.Message}");
        }
    }
}
