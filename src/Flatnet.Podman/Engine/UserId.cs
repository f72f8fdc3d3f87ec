using System.Globalization;

namespace Flatnet.Podman;

/// <summary>The numeric ID of the user that this process acts for.</summary>
internal static class UserId
{
    /// <summary>Reads it from the process's status; null when that cannot be read.</summary>
    public static uint? Read()
    {
        const string Field = "Uid:";
        try
        {
            // Real, effective, saved and file system user, in this order.
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            return uint.TryParse(line?[Field.Length..].Split('\t', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture, out uint id) ? id : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
