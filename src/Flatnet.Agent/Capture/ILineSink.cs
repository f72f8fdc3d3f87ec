namespace Flatnet.Agent.Capture;

/// <summary>Takes lines in the order in which they were read.</summary>
internal interface ILineSink
{
    /// <summary>Takes a line.</summary>
    /// <returns>The sequence that it was given; 0 when it is not streamed.</returns>
    public long Take(in RawLine line);
}
