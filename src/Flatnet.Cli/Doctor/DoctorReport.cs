using System.Collections.Immutable;

namespace Flatnet.Cli.Doctor;

/// <summary>All findings, in the order they are shown in.</summary>
/// <param name="Checks">The checks by category.</param>
/// <param name="Fixes">What <c>--fix</c> tried; the checks show how things are afterwards. Null without it.</param>
internal sealed record DoctorReport(ImmutableArray<CheckReport> Checks, ImmutableArray<FixReport>? Fixes)
{
    private static readonly ImmutableArray<string> FirstCategories = ["Gateway", "CNI Plugin", "Network", "Monitoring", "Disk"];

    public int Count(CheckStatus status) => Checks.Count(check => check.Status == status);

    /// <summary>0 when all checks pass, 1 with warnings, 2 with failures.</summary>
    public int ExitCode => Checks.IsEmpty ? 0 : (int)Checks.Max(check => check.Status);

    /// <summary>The report with its checks by category: the well-known ones first, the others by name.</summary>
    public static DoctorReport Of(IEnumerable<CheckReport> checks, ImmutableArray<FixReport>? fixes) =>
        new([.. checks.OrderBy(check => Rank(check.Check.Category)).ThenBy(check => check.Check.Category, StringComparer.Ordinal)], fixes);

    private static int Rank(string category) => FirstCategories.IndexOf(category) is >= 0 and var index ? index : FirstCategories.Length;
}
