using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;
using static Flatnet.Bench.Measuring.Statistics;

namespace Flatnet.Bench.Scenarios;

/// <summary>
/// What a network adds to <c>podman run --rm</c> of a program that ends at once. Three kinds of run take turns: no network, Podman's
/// own default network, ours. Podman loads every list of its directory when a command uses a network, and runs VERSION of every
/// plugin in them; so each kind has a directory with its own list alone and pays for nobody else's. On a machine that keeps the
/// default list beside ours, a run with our network pays for those four plugins too: a row shows that. As in the other parts, the
/// networks are in use: a container stays on each. A further row shows the runs without it, each the first and the last container of
/// its network, for which we make the bridge and remove it again; the default network leaves its bridge behind.
/// </summary>
internal static class Podman
{
    private const string Image = "bench";

    public static IReadOnlyList<Row> Run(Ground ground)
    {
        var ours = File.ReadAllText(ground.Options.Conflist);
        var none = new PodmanSetup(ground, "podman-none", "none");
        var standard = new PodmanSetup(ground, "podman-default", "podman").With("podman", PodmanSetup.DefaultNetwork);
        var flatnet = new PodmanSetup(ground, "podman-flatnet", "flatnet").With("flatnet", ours);
        var beside = new PodmanSetup(ground, "podman-beside", "flatnet")
            .With("podman", PodmanSetup.DefaultNetwork).With("flatnet", ours);
        PodmanSetup[] kinds = [none, standard, flatnet, beside];

        ground.Stopwatch.Run(none.Import(Image));
        foreach (var kind in kinds)
        {
            ground.Stopwatch.Run(kind.RunContainer(Image)); // reads files for the first time, makes what a network leaves behind
        }

        var alone = Measure(ground, kinds, ground.Options.Samples(10));
        ground.Stopwatch.Run(standard.StartContainer(Image));
        ground.Stopwatch.Run(flatnet.StartContainer(Image));
        var inUse = Measure(ground, kinds, ground.Options.Samples(20));

        double Added(Dictionary<PodmanSetup, List<double>> times, PodmanSetup kind) =>
            Median(times[kind].Zip(times[none], (with, without) => with - without));
        return
        [
            Row.Ratio("podman run --rm: time added to --network none, against the default network", Added(inUse, flatnet), Added(inUse, standard), 0.25),
            Row.Ratio("the same, with the default network's list installed beside ours", Added(inUse, beside), Added(inUse, standard)),
            Row.Ratio("the same, each run its network's first and last container", Added(alone, flatnet), Added(alone, standard)),
        ];
    }

    private static Dictionary<PodmanSetup, List<double>> Measure(Ground ground, PodmanSetup[] kinds, int rounds)
    {
        var times = kinds.ToDictionary(kind => kind, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < kinds.Length; turn++)
            {
                var kind = kinds[(turn + round) % kinds.Length];
                times[kind].Add(ground.Stopwatch.Run(kind.RunContainer(Image)).Milliseconds);
                Thread.Sleep(250); // conmon's clean-up command may still run when `podman run` has ended
            }
        }

        return times;
    }
}
