namespace Flatnet.Bench.Measuring;

/// <summary>Medians: on a noisy machine one slow run must not count for more than one run.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>
    /// The median of neighbours' ratios: the i-th run of one against the i-th run of the other, a moment apart. Steadier than
    /// the ratio of medians when the machine's load changes during the run (a program against itself: within 0.02 of 1).
    /// </summary>
    public static double PairedRatio(IReadOnlyList<double> ours, IReadOnlyList<double> theirs) =>
        Median(ours.Zip(theirs, (left, right) => left / right));

    public static IReadOnlyList<double> Milliseconds(IEnumerable<Sample> samples) => [.. samples.Select(sample => sample.Milliseconds)];

    /// <summary>From the first start to the last exit of programs that were started together.</summary>
    public static double WholeMilliseconds(IReadOnlyList<Sample> samples) =>
        (samples.Max(sample => sample.EndNanoseconds) - samples.Min(sample => sample.StartNanoseconds)) / 1e6;
}
