namespace Flatnet.Loki;

/// <summary>What became of lines that Loki answered.</summary>
/// <param name="Sent">How many lines were sent.</param>
/// <param name="Ignored">How many of them Loki refused for good, the others being stored; null where it refused some without saying how many.</param>
/// <param name="Refusal">Loki's own words about the refused lines; null without any.</param>
public sealed record LokiPushResult(int Sent, int? Ignored, string? Refusal);
