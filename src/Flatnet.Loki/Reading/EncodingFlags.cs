namespace Flatnet.Loki.Reading;

/// <summary>The request header that makes Loki keep a stream's labels apart from what is attached to a line.</summary>
internal static class EncodingFlags
{
    public const string Header = "X-Loki-Response-Encoding-Flags";
    public const string CategorizeLabels = "categorize-labels";
}
