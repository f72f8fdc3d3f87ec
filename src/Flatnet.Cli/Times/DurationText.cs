namespace Flatnet.Cli.Times;

/// <summary>A length of time as a user writes it.</summary>
internal static class DurationText
{
    public static TimeSpan Parse(string text) => throw new NotImplementedException(text);
}
