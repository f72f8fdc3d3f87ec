using System.Globalization;

namespace Flatnet.Agent.Spool;

/// <summary>One file of a stream. Its name is the sequence of its first line, so the files' order and place need no index.</summary>
internal sealed class Segment(string directory, long firstSequence, long length, DateTime started)
{
    private const string Extension = ".seg";

    public string Path { get; } = System.IO.Path.Combine(directory, firstSequence.ToString("D19", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The first line's.</summary>
    public long FirstSequence { get; } = firstSequence;

    /// <summary>So many bytes are records; what stands behind them was not finished.</summary>
    public long Length { get; set; } = length;

    public DateTime Started { get; } = started;

    /// <summary>The segments of a directory, in order. Files of other names are not ours.</summary>
    public static List<Segment> All(string directory)
    {
        var segments = new List<Segment>();
        foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles("*" + Extension))
        {
            if (long.TryParse(file.Name.AsSpan(0, file.Name.Length - Extension.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long sequence))
            {
                segments.Add(new Segment(directory, sequence, file.Length, file.LastWriteTimeUtc));
            }
        }

        segments.Sort(static (one, other) => one.FirstSequence.CompareTo(other.FirstSequence));
        return segments;
    }
}
