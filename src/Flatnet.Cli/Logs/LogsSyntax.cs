using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Times;
using Flatnet.Logs;
using Flatnet.Podman;

namespace Flatnet.Cli.Logs;

/// <summary>The arguments and options of <c>flatnet logs</c>, and what they say.</summary>
internal sealed class LogsSyntax
{
    private const int UsualTail = 100;

    private readonly Argument<string[]> _targets = new("TARGET")
    {
        Description = "A component, or a container's name, ID or pattern such as 'web*'; also container:X, component:X, task:ID, label:K=V, /REGEX/.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _tail = Text("N", "Show the last N matching lines of each target; 0 for none, all for all. 100 unless --since is given.", "--tail", "-n");
    private readonly Option<bool> _follow = Flag("Go on with new lines as they are written.", "--follow", "-f");
    private readonly Option<string> _since = Text("TIME", "Show lines from this time on: a duration ago such as 1h30m, 2026-01-31T14:05, a date, HH:MM, Unix seconds.", "--since");
    private readonly Option<string> _until = Text("TIME", "Show lines before this time.", "--until");
    private readonly Option<string[]> _grep = Texts("REGEX", "Show lines that match; given several times, all must match.", "--grep");
    private readonly Option<bool> _ignoreCase = Flag("Capitals and small letters match each other.", "--ignore-case", "-i");
    private readonly Option<bool> _invert = Flag("Show lines that match no --grep.", "--invert-match", "-v");
    private readonly Option<bool> _fixed = Flag("Patterns are plain text, not regular expressions.", "--fixed-strings", "-F");
    private readonly Option<int> _after = Count("Show N lines after each match, too.", "--after-context", "-A");
    private readonly Option<int> _before = Count("Show N lines before each match, too.", "--before-context", "-B");
    private readonly Option<int> _around = Count("Show N lines before and after each match, too.", "--context", "-C");
    private readonly Option<string[]> _exclude = Texts("REGEX", "Leave out lines that match.", "--exclude");
    private readonly Option<string[]> _highlight = Texts("REGEX", "Make matches stand out; all lines are shown.", "--highlight");
    private readonly Option<string[]> _level = Texts("LEVEL", "Show lines of these levels: trace, debug (with trace), info, warn, error (with fatal), fatal.", "--level");
    private readonly Option<bool> _stdout = Flag("Show only what was written to standard output.", "--stdout");
    private readonly Option<bool> _stderr = Flag("Show only what was written to standard error.", "--stderr");
    private readonly Option<bool> _timestamps = Flag("Show the time of each line.", "--timestamps", "-t");
    private readonly Option<bool> _noTimestamps = Flag("Do not show times.", "--no-timestamps");
    private readonly Option<bool> _local = Flag("Show times in the local zone.", "--local");
    private readonly Option<string> _timezone = Text("ZONE", "Show times in this zone, such as Asia/Tokyo.", "--timezone");
    private readonly Option<bool> _json = Flag("Print JSON: one document, or one object per line with --follow.", "--json");
    private readonly Option<string> _output = Text("FORMAT", "text, json, jsonl, raw, or a template such as '{{.Timestamp}} {{.Level}} {{.Line}}'.", "--output");
    private readonly Option<string> _provider = Text("PROVIDER", "Where to read: auto, loki, podman or file.", "--provider");
    private readonly Option<bool> _prefix = Flag("Show each line's target in front; as usual with several targets. --prefix=false never does.", "--prefix");
    private readonly Option<int> _limit = Count("Stop after N lines.", "--limit");
    private readonly Option<bool> _restarts = Flag("With --follow: stay when a container stops, and go on when one of its name starts.", "--restarts");

    public void AddTo(Command command)
    {
        command.Arguments.Add(_targets);
        foreach (Option option in (Option[])[
            _tail, _follow, _since, _until, _grep, _ignoreCase, _invert, _fixed, _after, _before, _around, _exclude, _highlight, _level, _stdout, _stderr,
            _timestamps, _noTimestamps, _local, _timezone, _json, _output, _provider, _prefix, _limit, _restarts])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What a command line says.</summary>
    /// <exception cref="CommandException">It makes no sense: exit code 2.</exception>
    public LogsOptions Bind(ParseResult arguments, TimeProvider time)
    {
        bool follow = arguments.GetValue(_follow);
        bool restarts = arguments.GetValue(_restarts);
        Refuse(restarts && !follow, "--restarts", "works only together with --follow.");
        TimeZoneInfo zone = Zone(arguments, time);
        (OutputFormat format, LineTemplate? template) = Format(arguments, follow, zone);
        return new LogsOptions
        {
            Targets = [.. arguments.GetValue(_targets) ?? []],
            Query = Query(arguments, time) with { Follow = follow, Restarts = restarts, Raw = format == OutputFormat.Raw },
            Selection = Selection(arguments),
            Provider = ProviderOf(arguments.GetValue(_provider) ?? "auto"),
            Format = format,
            Template = template,
            Timestamps = Timestamps(arguments),
            Zone = zone,
            Prefix = arguments.GetResult(_prefix) is { Implicit: false } ? arguments.GetValue(_prefix) : null,
            Highlights = Patterns(arguments, _highlight),
            Limit = arguments.GetResult(_limit) is { Implicit: false } ? arguments.GetValue(_limit) : null,
        };
    }

    private LineQuery Query(ParseResult arguments, TimeProvider time)
    {
        DateTimeOffset? since = Time(arguments, _since, time);
        DateTimeOffset? until = Time(arguments, _until, time);
        Refuse(since >= until, "--since", "must be before --until.");
        return new LineQuery
        {
            Since = since is { } from ? UnixTime.Nanoseconds(from) : null,
            Until = until is { } to ? UnixTime.Nanoseconds(to) : null,
            Tail = arguments.GetValue(_tail) is { } tail ? TailOf(tail) : since is null ? UsualTail : null,
        };
    }

    private LineSelection Selection(ParseResult arguments)
    {
        int around = arguments.GetValue(_around);
        bool output = arguments.GetValue(_stdout);
        bool error = arguments.GetValue(_stderr);
        return new LineSelection
        {
            Patterns = Patterns(arguments, _grep),
            IsInverted = arguments.GetValue(_invert),
            Excludes = Patterns(arguments, _exclude),
            Levels = Levels(arguments.GetValue(_level) ?? []),
            Channel = output == error ? null : output ? LogChannel.Output : LogChannel.Error,
            Before = arguments.GetResult(_before) is { Implicit: false } ? arguments.GetValue(_before) : around,
            After = arguments.GetResult(_after) is { Implicit: false } ? arguments.GetValue(_after) : around,
        };
    }

    private ImmutableArray<LinePattern> Patterns(ParseResult arguments, Option<string[]> option)
    {
        var patterns = new List<LinePattern>();
        foreach (string text in arguments.GetValue(option) ?? [])
        {
            try
            {
                patterns.Add(LinePattern.Create(text, arguments.GetValue(_fixed), arguments.GetValue(_ignoreCase)));
            }
            catch (FormatException exception)
            {
                throw CommandException.Usage($"{option.Name}: {exception.Message}", "Use --fixed-strings to search for plain text.");
            }
        }

        return [.. patterns];
    }

    private static ImmutableHashSet<LogLevel> Levels(string[] lists)
    {
        var levels = new HashSet<LogLevel>();
        foreach (string name in lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (!LogLevelNames.TryParse(name, out LogLevel level))
            {
                throw CommandException.Usage($"--level: '{name}' is not a level.", "Write trace, debug, info, warn, error or fatal, several divided by commas.");
            }

            levels.Add(level);
            levels.UnionWith(level switch
            {
                LogLevel.Debug => [LogLevel.Trace],
                LogLevel.Error => [LogLevel.Fatal],
                _ => [],
            });
        }

        return [.. levels];
    }

    private (OutputFormat Format, LineTemplate? Template) Format(ParseResult arguments, bool follow, TimeZoneInfo zone)
    {
        string? output = arguments.GetValue(_output);
        bool json = arguments.GetValue(_json);
        Refuse(json && output is not null and not "json" and not "jsonl", "--json", "and another --output exclude each other.");
        switch (output ?? (json ? "json" : "text"))
        {
            case "text":
                return (OutputFormat.Text, null);
            case "json":
                return (follow ? OutputFormat.JsonLines : OutputFormat.Json, null);
            case "jsonl":
                return (OutputFormat.JsonLines, null);
            case "raw":
                return (OutputFormat.Raw, null);
            case var template when template.Contains("{{", StringComparison.Ordinal):
                try
                {
                    return (OutputFormat.Template, LineTemplate.Parse(template, new LineStamp(zone)));
                }
                catch (FormatException exception)
                {
                    throw CommandException.Usage($"--output: {exception.Message}");
                }

            default:
                throw CommandException.Usage($"--output: '{output}' is not a format.", "Write text, json, jsonl, raw, or a template with {{.Line}}.");
        }
    }

    private bool? Timestamps(ParseResult arguments)
    {
        bool with = arguments.GetValue(_timestamps);
        bool without = arguments.GetValue(_noTimestamps);
        Refuse(with && without, "--timestamps", "and --no-timestamps exclude each other.");
        // Who chooses a zone wants to see times.
        return without ? false : with || arguments.GetValue(_local) || arguments.GetValue(_timezone) is not null ? true : null;
    }

    private TimeZoneInfo Zone(ParseResult arguments, TimeProvider time)
    {
        bool local = arguments.GetValue(_local);
        string? name = arguments.GetValue(_timezone);
        Refuse(local && name is not null, "--local", "and --timezone exclude each other.");
        try
        {
            return local ? time.LocalTimeZone : name is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(name);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException or System.Security.SecurityException)
        {
            throw CommandException.Usage($"--timezone: there is no time zone '{name}'.", "Write a name such as Asia/Tokyo or UTC.");
        }
    }

    private static DateTimeOffset? Time(ParseResult arguments, Option<string> option, TimeProvider time)
    {
        try
        {
            return arguments.GetValue(option) is { } text ? TimeExpression.Parse(text, time) : null;
        }
        catch (FormatException exception)
        {
            throw CommandException.Usage($"{option.Name}: {exception.Message}");
        }
    }

    private static int? TailOf(string text) =>
        text is "all" or "-1" ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count
        : throw CommandException.Usage($"--tail: '{text}' is not a number of lines.", "Write a number, or all.");

    private static Provider ProviderOf(string text) => text switch
    {
        "auto" => Provider.Auto,
        "loki" => Provider.Loki,
        "podman" => Provider.Podman,
        "file" => Provider.File,
        _ => throw CommandException.Usage($"--provider: '{text}' is not known.", "Write auto, loki, podman or file."),
    };

    private static void Refuse(bool isWrong, string option, string why)
    {
        if (isWrong)
        {
            throw CommandException.Usage($"{option} {why}");
        }
    }

    private static Option<bool> Flag(string description, params string[] names) => new(names[0], names[1..]) { Description = description };

    private static Option<string> Text(string argument, string description, params string[] names) =>
        new(names[0], names[1..]) { Description = description, HelpName = argument };

    private static Option<string[]> Texts(string argument, string description, params string[] names) =>
        new(names[0], names[1..]) { Description = description, HelpName = argument, Arity = ArgumentArity.OneOrMore };

    private static Option<int> Count(string description, params string[] names)
    {
        var option = new Option<int>(names[0], names[1..]) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                result.AddError($"{names[0]}: '{text}' is not a number of lines.");
            }
        });
        return option;
    }
}
