namespace Flatnet.Ipam;

/// <summary>Looks at state without being in charge of it: takes no lock, creates nothing, recovers nothing.</summary>
public static class LeaseFile
{
    /// <summary>The leases of a state document, oldest first, stale ones included; null when there is no such file. Documents of
    /// the first Flatnet (<c>{"allocations":{ID:address}}</c>) are read as well.</summary>
    /// <param name="path">The document, such as <c>/var/lib/cni/flatnet/ipam.json</c>.</param>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>: no permission, no such document, or of a newer version.</exception>
    public static IReadOnlyList<Lease>? Read(string path)
    {
        string full = Path.GetFullPath(path);
        using StateDirectory? directory = StateDirectory.Open(Path.GetDirectoryName(full) ?? "/");
        if (directory?.Read(Path.GetFileName(full), out _) is not { } json)
        {
            return null;
        }

        // The name of the network says nothing about what the document holds.
        LeaseDocument document = DocumentReader.Read(json, network: "", full);
        if (document.Origin != DocumentOrigin.Broken)
        {
            return document.Leases;
        }

        return AllocationsReader.Read(json) ?? throw new IpamException(
            IpamFailure.StateUnreadable,
            $"state file {full} does not parse ({document.Trouble})",
            "the next container that starts keeps it under another name and rebuilds it from what is live");
    }

    /// <summary>The records of host-local in one of its directories; null when there is no such directory.</summary>
    /// <param name="path">The directory, such as <c>/var/lib/cni/networks/flatnet</c>.</param>
    /// <param name="warnings">Takes what could not be read.</param>
    public static IReadOnlyList<Lease>? ReadHostLocal(string path, ICollection<string> warnings)
    {
        if (!Directory.Exists(path))
        {
            return null;
        }

        HostLocalImport import = new HostLocalDirectory(path).Read(new UnknownHost());
        foreach (string warning in import.Warnings)
        {
            warnings.Add(warning);
        }

        return import.Leases;
    }

    /// <summary>Whether a record is of this boot does not matter to a reader.</summary>
    private sealed class UnknownHost : IHostState
    {
        public string BootId => "";

        public DateTimeOffset BootTime => DateTimeOffset.MaxValue;

        public bool NamespaceExists(string path) => false;

        public IReadOnlyList<Lease> LiveLeases(string network) => [];
    }
}
