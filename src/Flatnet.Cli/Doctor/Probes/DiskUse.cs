namespace Flatnet.Cli.Doctor.Probes;

/// <summary>How full a file system is, in bytes.</summary>
internal sealed record DiskUse(long Total, long Available)
{
    /// <summary>The used part of what is there, 0 to 100, as <c>df</c> counts it but without what is kept for root.</summary>
    public int Percent => Total == 0 ? 0 : (int)Math.Ceiling(100.0 * (Total - Available) / Total);

    /// <summary>Of the file system that a path is on; null when it cannot be told.</summary>
    public static DiskUse? Of(string path)
    {
        try
        {
            var drive = new DriveInfo(path);
            return new DiskUse(drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
