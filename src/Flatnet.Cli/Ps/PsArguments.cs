using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Ps.Filters;
using Flatnet.Cli.Ps.Listing;

namespace Flatnet.Cli.Ps;

/// <summary>The options of <c>flatnet ps</c>: how they are written, and what of it makes sense.</summary>
internal sealed class PsArguments
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(2);

    private readonly Option<bool> _all = new("--all", "-a") { Description = "Also containers that do not run." };

    private readonly Option<string[]> _filter = new("--filter", "-f")
    {
        Description = "Only containers for which KEY=VALUE holds, or with TEXT in name, ID or image. May be repeated: values of one key "
            + "are alternatives, different keys must all hold.",
        HelpName = "KEY=VALUE|TEXT",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document." };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print IDs only." };

    private readonly Option<bool> _noTruncate = new("--no-trunc") { Description = "Do not shorten IDs and images." };

    private readonly Option<string?> _format = new("--format")
    {
        Description = "How to print: table, json, a template such as '{{.Name}} {{.FlatnetIP}}', or 'table TEMPLATE' for columns with headers.",
        HelpName = "table|json|TEMPLATE",
    };

    private readonly Option<int?> _last = new("--last", "-n") { Description = "Only the N containers created last, in any state.", HelpName = "N" };

    private readonly Option<bool> _latest = new("--latest", "-l") { Description = "Only the container created last, in any state." };

    private readonly Option<bool> _size = new("--size", "-s") { Description = "Show sizes, which takes longer." };

    private readonly Option<bool> _namespaces = new("--ns") { Description = "Show namespaces." };

    private readonly Option<bool> _pod = new("--pod", "-p") { Description = "Show pods." };

    private readonly Option<string> _sort = new("--sort")
    {
        Description = "The order: " + string.Join(", ", PsOrder.Keys) + ".",
        HelpName = "KEY",
        DefaultValueFactory = _ => PsOrder.Default,
    };

    private readonly Option<bool> _noHeading = new("--noheading") { Description = "Print neither the header nor the total." };

    private readonly Option<TimeSpan?> _watch = new("--watch", "-w")
    {
        Description = "Keep listing: at every change, and every SECS seconds (2 if not given).",
        HelpName = "SECS",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = ReadInterval,
    };

    private readonly Option<bool> _noAddresses = new("--no-ip") { Description = "Do not look for Flatnet addresses, which is faster." };

    private readonly Option<bool> _remote = new("--remote") { Description = "Also list what the gateway knows about containers of other hosts." };

    public PsArguments()
    {
        _sort.AcceptOnlyFromAmong(PsOrder.Keys);
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)
        [
            _all, _filter, _json, _quiet, _noTruncate, _format, _last, _latest, _size, _namespaces, _pod, _sort, _noHeading, _watch,
            _noAddresses, _remote,
        ])
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="CommandException">Options that contradict each other, or a value that makes no sense.</exception>
    public PsOptions Read(ParseResult arguments)
    {
        string? format = arguments.GetValue(_format);
        var options = new PsOptions
        {
            All = arguments.GetValue(_all),
            Filter = PsFilter.Parse(arguments.GetValue(_filter) ?? []),
            Json = arguments.GetValue(_json) || format == "json",
            Quiet = arguments.GetValue(_quiet),
            NoTruncate = arguments.GetValue(_noTruncate),
            Format = format == "json" ? null : format,
            Last = arguments.GetValue(_latest) ? 1 : arguments.GetValue(_last),
            Size = arguments.GetValue(_size),
            Namespaces = arguments.GetValue(_namespaces),
            Pod = arguments.GetValue(_pod),
            Sort = arguments.GetValue(_sort)!,
            NoHeading = arguments.GetValue(_noHeading),
            Watch = arguments.GetResult(_watch) is null ? null : arguments.GetValue(_watch) ?? DefaultInterval,
            NoAddresses = arguments.GetValue(_noAddresses),
            Remote = arguments.GetValue(_remote),
        };
        bool isLatest = arguments.GetValue(_latest);
        Refuse(isLatest && arguments.GetValue(_last) is not null, "--last and --latest");
        Refuse(isLatest && options.Watch is not null, "--latest and --watch");
        Refuse(options.Quiet && options.Size, "--quiet and --size");
        Refuse(options.Quiet && options.Namespaces, "--quiet and --ns");
        Refuse(options.Size && options.Namespaces, "--size and --ns");
        Refuse(options.Json && options.Format is not null, "--json and --format (other than json)");
        Refuse(options.NoAddresses && options.Remote, "--no-ip and --remote");
        Refuse(options.NoAddresses && options.Sort == "ip", "--no-ip and --sort ip");
        Refuse(options.NoAddresses && options.Filter.Needs != PsNeeds.None, "--no-ip and a filter by address");
        if (options.Last < 1)
        {
            throw CommandException.Usage("--last takes a number of containers, at least 1");
        }

        if (options.Format?.Trim().Length == 0)
        {
            throw CommandException.Usage("--format is empty", "Write table, json, or a template such as '{{.Name}} {{.FlatnetIP}}'.");
        }

        return options;
    }

    private static void Refuse(bool isGiven, string options)
    {
        if (isGiven)
        {
            throw CommandException.Usage($"{options} cannot be used together");
        }
    }

    private static TimeSpan? ReadInterval(ArgumentResult result)
    {
        const double Shortest = 0.1;
        const double Longest = 86_400;
        if (result.Tokens.Count == 0)
        {
            return null;
        }

        if (double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= Shortest and <= Longest)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        result.AddError($"--watch takes seconds from 0.1 to 86400, not \"{result.Tokens[0].Value}\".");
        return null;
    }
}
