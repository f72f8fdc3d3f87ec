namespace Flatnet.Loki.TestServer;

/// <summary>A line in the store.</summary>
/// <param name="Timestamp">Nanoseconds since 1970.</param>
/// <param name="Line">The line.</param>
/// <param name="Labels">The labels of its stream, sorted.</param>
/// <param name="Metadata">What is attached to the line (structured metadata).</param>
public sealed record StoredLine(long Timestamp, string Line, SortedDictionary<string, string> Labels, SortedDictionary<string, string> Metadata)
{
    /// <summary>The stream's name, equal for equal labels.</summary>
    public string Stream { get; } = string.Join(',', Labels.Select(label => $"{label.Key}={label.Value}"));

    /// <summary>How Loki names the stream when it mixes the metadata into its labels.</summary>
    public SortedDictionary<string, string> MixedLabels()
    {
        var mixed = new SortedDictionary<string, string>(Labels, StringComparer.Ordinal);
        foreach (var (name, value) in Metadata)
        {
            mixed[name] = value;
        }

        return mixed;
    }
}
