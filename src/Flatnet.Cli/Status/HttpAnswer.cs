namespace Flatnet.Cli.Status;

/// <summary>What came back from a component.</summary>
/// <param name="Outcome">How the request ended.</param>
/// <param name="StatusCode">The HTTP status; 0 without an answer.</param>
/// <param name="Body">The body, if it was asked for.</param>
/// <param name="Date">The sender's clock, of the header <c>Date</c>.</param>
/// <param name="Problem">Why there is no answer, in words; empty with one.</param>
internal sealed record HttpAnswer(HttpOutcome Outcome, int StatusCode, byte[] Body, DateTimeOffset? Date, string Problem)
{
    public bool IsAnswered => Outcome == HttpOutcome.Answered;

    /// <summary>A status of 200 to 299.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;
}
