namespace Flatnet.LogBench;

/// <summary>What was asked for on the command line.</summary>
internal sealed record Options
{
    public const string Usage = """
        usage: bench/logs [--quick] [--row NAME]...
          --quick      fewer lines and viewers: to see that it runs, not to quote
          --row NAME   only this part (may be repeated): ingest, postgres, ack, fanout, memory, queries, export, agent
        """;

    public bool Quick { get; init; }

    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>The published log server.</summary>
    public required string Server { get; init; }

    /// <summary>The published agent.</summary>
    public required string Agent { get; init; }

    /// <summary>An empty directory of our own, on a real disk.</summary>
    public required string Scratch { get; init; }

    /// <summary>An amount: as given, or a tenth of it when only a quick look is wanted.</summary>
    public int Amount(int full) => Quick ? Math.Max(1, full / 10) : full;

    public string NewDirectory(string name)
    {
        string path = Path.Combine(Scratch, $"{name}-{Guid.NewGuid():n}");
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public static Options Parse(string[] arguments)
    {
        string? server = null, agent = null, scratch = null;
        bool quick = false;
        var rows = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
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
                case "--server":
                    server = Path.GetFullPath(Value());
                    break;
                case "--agent":
                    agent = Path.GetFullPath(Value());
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
            Quick = quick,
            Rows = rows,
            Server = server ?? throw new BenchException("start this with bench/logs: it names the programs"),
            Agent = agent ?? throw new BenchException("start this with bench/logs: it names the programs"),
            Scratch = scratch ?? throw new BenchException("start this with bench/logs: it makes the scratch directory"),
        };
    }
}
