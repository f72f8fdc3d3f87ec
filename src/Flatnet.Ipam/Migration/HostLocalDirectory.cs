using System.Globalization;
using System.Net;
using System.Text;

namespace Flatnet.Ipam;

/// <summary>The state directory of host-local (cni-plugins): a file per address, named by it, with
/// <c>container ID CR LF interface</c> or, from old versions, the container ID alone; <c>last_reserved_ip.N</c> holds the
/// last address of range set N.</summary>
internal sealed class HostLocalDirectory(string path)
{
    private const string CursorPrefix = "last_reserved_ip.";
    private const int LongestContent = 4096;

    /// <summary>Reads every record there is. A record that cannot be used is reported, never changed.</summary>
    internal HostLocalImport Read(IHostState host)
    {
        var import = new HostLocalImport(path);
        try
        {
            using StateDirectory? directory = StateDirectory.Open(path);
            foreach (string name in directory?.List() ?? [])
            {
                ReadFile(directory!, name, host, import);
            }
        }
        catch (IpamException e)
        {
            // An ADD must not fail because of state that is not ours.
            import.Warnings.Add($"cannot import host-local state: {e.Message}");
        }

        return import;
    }

    /// <summary>Removes the files of a lease that was imported, so that host-local would find its addresses free again. Best
    /// effort: only a file that still names this container goes.</summary>
    internal void Forget(LeaseEntry lease)
    {
        try
        {
            using StateDirectory? directory = StateDirectory.Open(path);
            foreach (IPAddress address in lease.Lease.Addresses)
            {
                // The text of a parsed address: no slash, no dots that climb.
                string name = address.ToString();
                if (directory?.Read(name, out _) is { } content && ContainerOf(content, out _) == lease.Lease.ContainerId)
                {
                    directory.TryDelete(name);
                }
            }
        }
        catch (IpamException)
        {
            // Whoever changes back to host-local may find an address taken; that is all.
        }
    }

    private static void ReadFile(StateDirectory directory, string name, IHostState host, HostLocalImport import)
    {
        bool isCursor = name.StartsWith(CursorPrefix, StringComparison.Ordinal);
        bool isAddress = IpAddressText.TryParse(name.AsSpan(), out IpValue address) && address.ToString() == name;
        if (!isCursor && !isAddress)
        {
            return;
        }

        byte[]? content;
        DateTimeOffset modified;
        try
        {
            content = directory.Read(name, out modified);
        }
        catch (IpamException e)
        {
            import.Warnings.Add($"host-local record not imported: {e.Message}");
            return;
        }

        if (content is null)
        {
            return;
        }

        if (isCursor)
        {
            AddCursor(name, content, import);
            return;
        }

        string? container = ContainerOf(content, out string interfaceName);
        if (container is null)
        {
            import.Warnings.Add($"host-local record {directory.PathOf(name)} names no container; its address counts as free");
            return;
        }

        import.Add(container, interfaceName, address, modified, modified >= host.BootTime ? host.BootId : "");
    }

    private static void AddCursor(string name, byte[] content, HostLocalImport import)
    {
        bool hasIndex = int.TryParse(name.AsSpan(CursorPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int set);
        if (hasIndex && IpAddressText.TryParse(content.AsSpan().Trim(" \t\r\n"u8), out IpValue last))
        {
            import.Cursors[set] = last;
        }
    }

    private static string? ContainerOf(ReadOnlySpan<byte> content, out string interfaceName)
    {
        interfaceName = "";
        ReadOnlySpan<byte> text = content.Trim(" \t\r\n"u8);
        if (text.IsEmpty || text.Length > LongestContent)
        {
            return null;
        }

        int lineEnd = text.IndexOfAny((byte)'\r', (byte)'\n');
        string container = Encoding.UTF8.GetString(lineEnd < 0 ? text : text[..lineEnd]);
        if (lineEnd >= 0)
        {
            interfaceName = Encoding.UTF8.GetString(text[lineEnd..].Trim(" \t\r\n"u8));
        }

        return NetworkName.IsValid(container) ? container : null;
    }
}
