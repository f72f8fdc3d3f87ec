using Flatnet.Bench.Report;
using Flatnet.LogBench.Scenarios;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogBench;

/// <summary>Runs the parts, prints the table. Exit status: 0 all bounds kept, 1 one was missed, 2 the benchmark could not run.</summary>
internal static class Program
{
    private static readonly (string Name, Func<Options, Task<IReadOnlyList<Row>>> Run)[] Parts =
    [
        ("ingest", Ingest.RunAsync),
        ("postgres", Ingest.RunPostgresAsync),
        ("ack", AckLatency.RunAsync),
        ("fanout", FanOut.RunAsync),
        ("memory", Memory.RunAsync),
        ("queries", Queries.RunAsync),
        ("export", Export.RunAsync),
        ("agent", Agents.RunAsync),
    ];

    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            Options options = Options.Parse(arguments);
            if (options.Rows.FirstOrDefault(name => Parts.All(part => part.Name != name)) is string unknown)
            {
                throw new BenchException($"no part is called {unknown}\n{Options.Usage}");
            }

            if (new[] { options.Server, options.Agent }.FirstOrDefault(program => !File.Exists(program)) is string missing)
            {
                throw new BenchException($"there is no {missing}: run `make build` first");
            }

            var rows = new List<Row>();
            foreach (var part in Parts.Where(part => options.Rows.Count == 0 || options.Rows.Contains(part.Name)))
            {
                Console.Error.WriteLine($"bench: {part.Name} ...");
                rows.AddRange(await part.Run(options));
            }

            Table.Print(Console.Out, rows);
            Console.WriteLine();
            Console.WriteLine("Ratios and sizes are judged by their bounds; times of the fan-out and query rows by three times theirs; other times only inform.");
            Console.WriteLine($"Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}, {Environment.ProcessorCount} processors; the load comes from this program on the same machine.");
            return rows.Any(row => row.Failed) ? 1 : 0;
        }
        catch (Exception failure) when (failure is BenchException or HarnessException)
        {
            Console.Error.WriteLine("bench: " + failure.Message);
            return 2;
        }
    }
}
