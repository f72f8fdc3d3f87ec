namespace Flatnet.Bench;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options
{
    public const string Usage = """
        usage: bench/run [--quick] [--row NAME]... [--plugins DIRECTORY] [--conflist FILE]
          --quick      fewer samples: to see that it runs, not to quote
          --row NAME   only this part (may be repeated): attach, floor, plain, version, leases, burst, podman, size, processes,
                       lists, logs
          --plugins    where flatnet and flatnet-ipam are (default: artifacts/cni)
          --command    the flatnet command (default: artifacts/bin/flatnet)
          --conflist   the network that is measured (default: the one we ship)
        """;

    /// <summary>Where <c>flatnet</c> and <c>flatnet-ipam</c> are.</summary>
    public required string PluginDirectory { get; init; }

    /// <summary>The command <c>flatnet</c> that administrators type.</summary>
    public required string CommandProgram { get; init; }

    /// <summary>The list we ship: its one plugin is what is measured.</summary>
    public required string Conflist { get; init; }

    /// <summary>Where floor and stopwatch were built.</summary>
    public required string ToolDirectory { get; init; }

    /// <summary>An empty directory of our own, on a real disk.</summary>
    public required string ScratchDirectory { get; init; }

    /// <summary>
    /// For what the programs read and print: in memory, as a runtime's pipes are. On the disk, each run's new output files would
    /// be waited for by whoever next makes sure that its leases are stored.
    /// </summary>
    public string StreamDirectory { get; init; } = "/run/streams";

    public bool Quick { get; init; }

    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>A sample count: as given, or a fifth of it when only a quick look is wanted.</summary>
    public int Samples(int full) => Quick ? Math.Max(3, full / 5) : full;

    public static Options Parse(string[] arguments)
    {
        string? plugins = null, command = null, conflist = null, tools = null, scratch = null;
        var quick = false;
        var rows = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            string Value() =>
                ++i < arguments.Length ? arguments[i] : throw new BenchException($"{arguments[i - 1]} needs a value\n{Usage}");

            switch (arguments[i])
            {
                case "--quick":
                    quick = true;
                    break;
                case "--row":
                    rows.Add(Value());
                    break;
                case "--plugins":
                    plugins = Path.GetFullPath(Value());
                    break;
                case "--command":
                    command = Path.GetFullPath(Value());
                    break;
                case "--conflist":
                    conflist = Path.GetFullPath(Value());
                    break;
                case "--tools":
                    tools = Value();
                    break;
                case "--scratch":
                    scratch = Value();
                    break;
                default:
                    throw new BenchException($"unknown argument {arguments[i]}\n{Usage}");
            }
        }

        return new Options
        {
            PluginDirectory = plugins ?? throw new BenchException(Usage),
            CommandProgram = command ?? throw new BenchException(Usage),
            Conflist = conflist ?? throw new BenchException(Usage),
            ToolDirectory = tools ?? throw new BenchException("start this with bench/run: it builds the tools and makes the namespaces"),
            ScratchDirectory = scratch ?? throw new BenchException("start this with bench/run: it makes the scratch directory"),
            Quick = quick,
            Rows = rows,
        };
    }
}
