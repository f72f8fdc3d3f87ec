using Flatnet.Bench.Measuring;
using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Scenarios;

/// <summary>
/// Attaches, checks and detaches containers with all rivals in turn, so that whatever else the machine does meets all of them
/// alike. The containers come in batches: so many are alive at most, as on a host with a normal load.
/// </summary>
internal sealed class Cycle(Ground ground, IReadOnlyList<IRival> rivals)
{
    private readonly Dictionary<(IRival, string), List<Sample>> _samples = [];

    /// <summary>Containers alive at a time.</summary>
    public int Batch { get; init; } = 20;

    /// <summary>Whether a name comes back in the next batch, or is never seen again (as after <c>podman run --rm</c>).</summary>
    public bool ReuseNames { get; init; }

    public IReadOnlyList<double> Adds(IRival rival) => Statistics.Milliseconds(_samples[(rival, "ADD")]);

    public IReadOnlyList<double> Checks(Plugin plugin) => Statistics.Milliseconds(_samples[(plugin, "CHECK")]);

    public IReadOnlyList<double> Deletes(IRival rival) => Statistics.Milliseconds(_samples[(rival, "DEL")]);

    /// <summary>The most memory that any ADD held, in bytes.</summary>
    public double PeakMemory(IRival rival) => 1024.0 * _samples[(rival, "ADD")].Max(sample => sample.PeakKibibytes);

    public Cycle Run(int containers)
    {
        for (var first = 0; first < containers; first += Batch)
        {
            var turns = Turns(first, Math.Min(Batch, containers - first)).ToList();
            Time("ADD", turns, (rival, container) => rival.Add(container));
            Time("CHECK", turns.Where(turn => turn.Rival is Plugin), (rival, container) => ((Plugin)rival).Check(container));
            Time("DEL", turns, (rival, container) => rival.Delete(container));
        }

        return this;
    }

    private IEnumerable<(IRival Rival, Container Container)> Turns(int first, int count)
    {
        for (var slot = 0; slot < count; slot++)
        {
            for (var turn = 0; turn < rivals.Count; turn++)
            {
                // Another one begins each time: nobody always runs in the wake of the same neighbour.
                var index = (turn + slot) % rivals.Count;
                var rival = rivals[index];
                var name = $"{rival.Name}-{(ReuseNames ? slot : first + slot)}".Replace(' ', '-');
                yield return (rival, new Container(name, ground.Namespace($"container{(slot * rivals.Count) + index}"), first + slot));
            }
        }
    }

    private void Time(string what, IEnumerable<(IRival Rival, Container Container)> turns, Func<IRival, Container, Step> step)
    {
        var list = turns.ToList();
        var samples = ground.Stopwatch.Run(list.ConvertAll(turn => step(turn.Rival, turn.Container)));
        for (var i = 0; i < samples.Length; i++)
        {
            var key = (list[i].Rival, what);
            if (!_samples.TryGetValue(key, out var known))
            {
                _samples[key] = known = [];
            }

            known.Add(samples[i]);
        }
    }
}
