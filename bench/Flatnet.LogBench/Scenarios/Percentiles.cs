namespace Flatnet.LogBench.Scenarios;

/// <summary>What all but a few stay below.</summary>
internal static class Percentiles
{
    public static double P99(IReadOnlyCollection<double> values) => values.Order().ElementAt((int)(values.Count * 0.99));
}
