namespace Flatnet.Ipam;

/// <summary>Writes what <see cref="DocumentReader"/> reads: one entry per line, so that people can read and diff it.</summary>
internal static class DocumentWriter
{
    internal static JsonBuffer Write(LeaseDocument document)
    {
        var buffer = new JsonBuffer(SizeOf(document));
        buffer.Append("{\"version\":1,\n\"network\":"u8);
        buffer.AppendString(document.Network);
        AppendCursors(buffer, document.Cursors);
        buffer.Append(",\n\"released\":["u8);
        for (int i = 0; i < document.Released.Length; i++)
        {
            buffer.Append(i == 0 ? ""u8 : ","u8);
            buffer.AppendString(document.Released[i].ToString());
        }

        buffer.Append("],\n\"leases\":["u8);
        for (int i = 0; i < document.LeaseEntries.Length; i++)
        {
            buffer.Append(i == 0 ? "\n"u8 : ",\n"u8);
            buffer.Append(document.LeaseEntries[i].Json);
        }

        buffer.Append("],\n\"reservations\":["u8);
        for (int i = 0; i < document.ReservationEntries.Length; i++)
        {
            buffer.Append(i == 0 ? "\n"u8 : ",\n"u8);
            buffer.Append(document.ReservationEntries[i].Json);
        }

        buffer.Append("]"u8);
        foreach (byte[] member in document.Unknown)
        {
            buffer.Append(",\n"u8);
            buffer.Append(member);
        }

        buffer.Append("}\n"u8);
        return buffer;
    }

    private static void AppendCursors(JsonBuffer buffer, Cursor[] cursors)
    {
        buffer.Append(",\n\"cursors\":{"u8);
        for (int i = 0; i < cursors.Length; i++)
        {
            buffer.Append(i == 0 ? ""u8 : ","u8);
            buffer.AppendString(cursors[i].Set);
            buffer.Append(":"u8);
            buffer.AppendString(cursors[i].Last.ToString());
        }

        buffer.Append("}"u8);
    }

    // Growing would copy everything once more.
    private static int SizeOf(LeaseDocument document)
    {
        int size = 1024 + (document.Cursors.Length * 160) + (document.Released.Length * 48);
        foreach (LeaseEntry entry in document.LeaseEntries)
        {
            size += entry.Json.Length + 2;
        }

        foreach (ReservationEntry entry in document.ReservationEntries)
        {
            size += entry.Json.Length + 2;
        }

        foreach (byte[] member in document.Unknown)
        {
            size += member.Length + 2;
        }

        return size;
    }
}
