using Flatnet.Bench.Measuring;
using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;
using static Flatnet.Bench.Measuring.Statistics;

namespace Flatnet.Bench.Scenarios;

/// <summary>The `flatnet` command beside `podman`: help, an empty list, and a list of 200 containers.</summary>
internal static class Lists
{
    private const int Containers = 200;

    public static IReadOnlyList<Row> Run(Ground ground)
    {
        using var home = new PodmanHome(ground, "lists");
        home.Import();
        home.Serve();
        int rounds = ground.Options.Samples(20);
        var rows = new List<Row>();
        long peak = 0;

        void Compare(string what, Step ours, Step theirs, double bound)
        {
            var (mine, others) = Pairs.Run(ground, ours, theirs, rounds);
            rows.Add(Row.Paired(what, Milliseconds(mine), Milliseconds(others), bound));
            peak = Math.Max(peak, mine.Max(sample => sample.PeakKibibytes));
        }

        Compare("flatnet --help, against podman ps -q without containers", home.OverSocket("--help"), home.Podman("ps", "-q"), 0.5);
        Compare("flatnet ps -q without containers, against podman ps -q", home.OverSocket("ps", "-q"), home.Podman("ps", "-q"), 0.5);
        for (int i = 0; i < Containers; i++)
        {
            home.Run("create", "--network", "none", "--name", $"box{i}", PodmanHome.Image, "/bin/sh");
        }

        Compare("flatnet ps -a, 200 containers, over the socket, against podman ps -a", home.OverSocket("ps", "-a"), home.Podman("ps", "-a"), 0.8);
        Compare("the same through the podman command", home.ByCommand("ps", "-a"), home.Podman("ps", "-a"), 1.2);
        rows.Add(Row.Megabytes("peak memory of these", peak * 1024.0, 0, 60));
        return rows;
    }
}
