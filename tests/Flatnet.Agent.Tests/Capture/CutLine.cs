namespace Flatnet.Agent.Tests.Capture;

/// <summary>What a cutter gave.</summary>
internal sealed record CutLine(string Text, long Number, bool IsPartial, long Replaces)
{
    public override string ToString() => $"{Number}{(IsPartial ? "+" : "")}{(Replaces > 0 ? $"<{Replaces}" : "")} {Text}";
}
