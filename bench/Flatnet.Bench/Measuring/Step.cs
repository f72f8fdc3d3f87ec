namespace Flatnet.Bench.Measuring;

/// <summary>One program to be started by the stopwatch, with everything it is given.</summary>
internal sealed record Step
{
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The file that is its stdin.</summary>
    public string Input { get; init; } = "/dev/null";

    /// <summary>The file that receives its stdout; stderr goes to the same name with <c>.err</c>.</summary>
    public required string Output { get; init; }

    /// <summary>The line of the stopwatch's plan (format: see <c>bench/stopwatch/stopwatch.c</c>).</summary>
    public string ToPlanLine() => string.Join('\t', [Input, Output, .. Environment, Program, .. Arguments]);

    public override string ToString() => string.Join(' ', [.. Environment, Program, .. Arguments]);
}
