using System.Collections.Immutable;

namespace Flatnet.Cli.Doctor;

/// <summary>What a check found.</summary>
/// <param name="Status">How bad it is.</param>
/// <param name="Message">The cause, in one line.</param>
/// <param name="Suggestion">The cure, with the command to type; null when there is nothing to cure.</param>
internal sealed record CheckResult(CheckStatus Status, string Message, string? Suggestion)
{
    /// <summary>Lines that explain the message, such as a table.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    /// <summary>What <c>--fix</c> may do about it; null when that is for a person to decide.</summary>
    public IFix? Fix { get; init; }

    public static CheckResult Pass(string message) => new(CheckStatus.Pass, message, null);

    public static CheckResult Warning(string message, string suggestion) => new(CheckStatus.Warning, message, suggestion);

    public static CheckResult Fail(string message, string suggestion) => new(CheckStatus.Fail, message, suggestion);
}
