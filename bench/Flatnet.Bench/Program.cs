using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;
using Flatnet.Bench.Scenarios;

namespace Flatnet.Bench;

/// <summary>Runs the parts, prints the table. Exit status: 0 all bounds kept, 1 one was missed, 2 the benchmark could not run.</summary>
internal static class Program
{
    private static readonly (string Name, Func<Ground, IReadOnlyList<Row>> Run)[] Parts =
    [
        ("attach", Attach.Run),
        ("floor", Attach.RunFloor),
        ("plain", Attach.RunPlain),
        ("version", Scenarios.Version.Run),
        ("leases", Leases.Run),
        ("burst", Burst.Run),
        ("podman", Podman.Run),
        ("size", Size.Run),
        ("processes", Processes.Run),
        ("lists", Lists.Run),
        ("logs", Logs.Run),
    ];

    private static int Main(string[] arguments)
    {
        try
        {
            var options = Options.Parse(arguments);
            if (options.Rows.FirstOrDefault(name => Parts.All(part => part.Name != name)) is string unknown)
            {
                throw new BenchException($"no part is called {unknown}\n{Options.Usage}");
            }

            var ground = new Ground(options);
            string? missing = new[] { ground.FlatnetProgram, ground.CommandProgram }.FirstOrDefault(program => !File.Exists(program));
            if (missing is not null)
            {
                throw new BenchException($"there is no {missing}: run `make build` first");
            }

            var rows = new List<Row>();
            foreach (var part in Parts.Where(part => options.Rows.Count == 0 || options.Rows.Contains(part.Name)))
            {
                Console.Error.WriteLine($"bench: {part.Name} ...");
                rows.AddRange(part.Run(ground));
            }

            Table.Print(Console.Out, rows);
            Console.WriteLine();
            Console.WriteLine("Times are from start to exit, medians of runs taken in turns; ratios are medians over neighbouring runs.");
            Console.WriteLine(Machine.Describe());
            return rows.Any(row => row.Failed) ? 1 : 0;
        }
        catch (BenchException failure)
        {
            Console.Error.WriteLine("bench: " + failure.Message);
            return 2;
        }
    }
}
