using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>One lease as it stands in the document: its JSON, and where in it the parts are that every call looks at.
/// The JSON is never changed, so fields this version does not know are kept.</summary>
internal sealed class LeaseEntry
{
    private readonly byte[] _buffer;
    private Lease? _lease;

    internal LeaseEntry(byte[] buffer, in LeaseFields fields, DocumentBoot boot)
    {
        _buffer = buffer;
        Fields = fields;
        Boot = boot;
    }

    /// <summary>Renders a lease; the result is what the next process will read.</summary>
    internal static LeaseEntry Create(Lease lease, DocumentBoot boot, bool fromHostLocal = false)
    {
        var buffer = new JsonBuffer(512);
        buffer.Append("{\"ip\":"u8);
        EntryJson.AppendAddresses(buffer, lease.Addresses);
        EntryJson.AppendText(buffer, ",\"id\":"u8, lease.ContainerId);
        EntryJson.AppendText(buffer, ",\"if\":"u8, lease.InterfaceName);
        EntryJson.AppendText(buffer, ",\"name\":"u8, lease.ContainerName);
        EntryJson.AppendText(buffer, ",\"mac\":"u8, lease.Mac);
        EntryJson.AppendText(buffer, ",\"ns\":"u8, lease.NamespacePath);
        EntryJson.AppendText(buffer, ",\"host\":"u8, lease.HostInterface);
        buffer.Append(",\"at\":"u8);
        buffer.AppendNumber(lease.Since.ToUnixTimeMilliseconds());
        if (lease.BootId != boot.Id)
        {
            buffer.Append(",\"boot\":"u8);
            buffer.AppendString(lease.BootId);
        }

        buffer.Append(fromHostLocal ? ",\"from\":\"host-local\"}"u8 : "}"u8);

        byte[] json = buffer.ToArray();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return LeaseEntryReader.Read(ref reader, json, boot);
    }

    internal readonly LeaseFields Fields;

    /// <summary>The boot of a lease that names none.</summary>
    internal DocumentBoot Boot { get; }

    internal ReadOnlySpan<byte> Json => Text(Fields.Whole);

    internal ReadOnlyMemory<byte> JsonMemory => _buffer.AsMemory(Fields.Whole.Start, Fields.Whole.Length);

    /// <summary>Whether an old host-local record stands behind this lease.</summary>
    internal bool IsFromHostLocal => Fields.IsFromHostLocal;

    internal Lease Lease => _lease ??= LeaseEntryReader.Materialize(Json, Boot.Id);

    internal bool Holds(IpValue address)
    {
        if (Fields.First == address)
        {
            return true;
        }

        return Fields.Others is not null && Array.IndexOf(Fields.Others, address) >= 0;
    }

    /// <summary>Exactly this attachment.</summary>
    internal bool Is(Utf8Attachment attachment) =>
        Equals(Fields.ContainerId, attachment.ContainerId) && Equals(Fields.InterfaceName, attachment.InterfaceName);

    /// <summary>The container of this attachment, in a record that does not tell the interface.</summary>
    internal bool IsLegacyOf(Utf8Attachment attachment) =>
        Fields.InterfaceName.Length == 0 && Equals(Fields.ContainerId, attachment.ContainerId);

    internal bool IsOfBoot(string bootId) => (Fields.HasBootId ? Lease.BootId : Boot.Id) == bootId;

    internal bool HasName => Fields.HasName;

    internal bool HasNamespace => Fields.HasNamespace;

    private ReadOnlySpan<byte> Text(Slice slice) => _buffer.AsSpan(slice.Start, slice.Length);

    // An escaped string is not what its bytes say; comparing it is rare enough to decode it each time.
    private bool Equals(Slice slice, ReadOnlySpan<byte> text) =>
        Fields.HasEscapes ? EntryJson.Unescape(Text(slice)).AsSpan().SequenceEqual(text) : Text(slice).SequenceEqual(text);

    public override string ToString() => Fields.First.ToString() + " " + Lease.ContainerId;
}
