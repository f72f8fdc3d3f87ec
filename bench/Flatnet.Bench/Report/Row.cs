using System.Globalization;
using Flatnet.Bench.Measuring;

namespace Flatnet.Bench.Report;

/// <summary>One line of the table: a figure, and what it may be at most. Without a bound it only informs.</summary>
internal sealed record Row
{
    public required string What { get; init; }

    public required string Ours { get; init; }

    public required string Theirs { get; init; }

    public required double Figure { get; init; }

    /// <summary>Empty for a ratio.</summary>
    public string Unit { get; init; } = "";

    public double? Bound { get; init; }

    /// <summary>What we would like it to be; missing it is not a failure.</summary>
    public double? Aim { get; init; }

    /// <summary>The figure is one that should be large: bound and aim are the least it may be.</summary>
    public bool IsLeast { get; init; }

    public bool Failed => !(Bound is null || (IsLeast ? Figure >= Bound : Figure <= Bound));

    /// <summary>Runs that were taken in turns: shown are the medians, judged is the median of neighbours' ratios.</summary>
    public static Row Paired(
        string what, IReadOnlyList<double> ours, IReadOnlyList<double> theirs, double? bound = null, double? aim = null) =>
        Ratio(what, Statistics.Median(ours), Statistics.Median(theirs), bound) with
        {
            Figure = Statistics.PairedRatio(ours, theirs),
            Aim = aim,
        };

    public static Row Ratio(string what, double ours, double theirs, double? bound = null) => new()
    {
        What = what,
        Ours = Format(ours, " ms"),
        Theirs = Format(theirs, " ms"),
        Figure = ours / theirs,
        Bound = bound,
    };

    public static Row Megabytes(string what, double ours, double theirs, double bound) => new()
    {
        What = what,
        Ours = Format(ours / 1e6, " MB"),
        Theirs = Format(theirs / 1e6, " MB"),
        Figure = ours / 1e6,
        Unit = " MB",
        Bound = bound,
    };

    public static string Format(double value, string unit) => value.ToString("0.00", CultureInfo.InvariantCulture) + unit;
}
