namespace Flatnet.Server.Retention;

/// <summary>The file system that holds a directory.</summary>
internal sealed class DiskGauge(string directory) : IDiskGauge
{
    private readonly DriveInfo _drive = new(directory);

    public double Used
    {
        get
        {
            // What only root may still fill is neither used nor free.
            var used = (double)(_drive.TotalSize - _drive.TotalFreeSpace);
            var usable = used + _drive.AvailableFreeSpace;
            return usable > 0 ? used / usable : 0;
        }
    }
}
