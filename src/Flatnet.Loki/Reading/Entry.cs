namespace Flatnet.Loki.Reading;

/// <summary>A line as it was read.</summary>
internal readonly record struct Entry(long Timestamp, string Line, StreamLabels Stream)
{
    public LokiEntry ToLokiEntry() => new(Timestamp, Line, Stream.Labels);
}
