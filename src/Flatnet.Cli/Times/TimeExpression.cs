namespace Flatnet.Cli.Times;

/// <summary>A point in time as a user writes it: <c>1h30m</c> (ago), RFC 3339, a date, <c>HH:MM</c>, Unix seconds, <c>now</c>.</summary>
internal static class TimeExpression
{
    /// <summary>The absolute time.</summary>
    /// <exception cref="FormatException">It is none; the message says what is accepted.</exception>
    public static DateTimeOffset Parse(string text, TimeProvider time) => throw new NotImplementedException();
}
