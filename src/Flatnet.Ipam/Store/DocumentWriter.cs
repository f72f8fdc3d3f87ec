using System.Runtime.InteropServices;

namespace Flatnet.Ipam;

/// <summary>Writes what <see cref="DocumentReader"/> reads, one entry per line, so that people can read and compare it. Entries
/// that still stand side by side in the document they were read from are not copied: a call changes one or two of a
/// thousand, and the rest goes back to the file as it came.</summary>
internal static class DocumentWriter
{
    // A shorter run costs less to copy than to write with a system call of its own.
    private const int ShortestRun = 4096;

    internal static List<ReadOnlyMemory<byte>> Write(LeaseDocument document)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        var buffer = new JsonBuffer(1024);
        AppendHead(buffer, document);
        buffer.Append(",\n\"leases\":["u8);
        var run = default(Run);
        foreach (LeaseEntry entry in document.LeaseEntries)
        {
            run.Append(entry.JsonMemory, ref buffer, pieces);
        }

        run.End(ref buffer, pieces);
        buffer.Append("],\n\"reservations\":["u8);
        run = default;
        foreach (ReservationEntry entry in document.ReservationEntries)
        {
            run.Append(entry.JsonMemory, ref buffer, pieces);
        }

        run.End(ref buffer, pieces);
        buffer.Append("]"u8);
        foreach (byte[] member in document.Unknown)
        {
            buffer.Append(",\n"u8);
            buffer.Append(member);
        }

        buffer.Append("}\n"u8);
        pieces.Add(buffer.WrittenMemory);
        return pieces;
    }

    private static void AppendHead(JsonBuffer buffer, LeaseDocument document)
    {
        buffer.Append("{\"version\":1,\n\"network\":"u8);
        buffer.AppendString(document.Network);
        buffer.Append(",\n\"boot\":"u8);
        buffer.AppendString(document.Boot.Id);
        buffer.Append(",\n\"cursors\":{"u8);
        for (int i = 0; i < document.Cursors.Length; i++)
        {
            buffer.Append(i == 0 ? ""u8 : ","u8);
            buffer.AppendString(document.Cursors[i].Set);
            buffer.Append(":"u8);
            buffer.AppendString(document.Cursors[i].Last.ToString());
        }

        buffer.Append("},\n\"released\":["u8);
        for (int i = 0; i < document.Released.Length; i++)
        {
            buffer.Append(i == 0 ? ""u8 : ","u8);
            buffer.AppendString(document.Released[i].ToString());
        }

        buffer.Append("]"u8);
    }

    /// <summary>Entries with nothing but a comma and a line end between them in one array.</summary>
    private struct Run
    {
        private ReadOnlyMemory<byte> _json;
        private bool _hasPredecessor;

        internal void Append(ReadOnlyMemory<byte> entry, ref JsonBuffer buffer, List<ReadOnlyMemory<byte>> pieces)
        {
            if (!TryExtend(entry))
            {
                End(ref buffer, pieces);
                _json = entry;
            }
        }

        internal void End(ref JsonBuffer buffer, List<ReadOnlyMemory<byte>> pieces)
        {
            if (_json.IsEmpty)
            {
                return;
            }

            buffer.Append(_hasPredecessor ? ",\n"u8 : "\n"u8);
            _hasPredecessor = true;
            if (_json.Length < ShortestRun)
            {
                buffer.Append(_json.Span);
            }
            else
            {
                pieces.Add(buffer.WrittenMemory);
                pieces.Add(_json);
                buffer = new JsonBuffer(1024);
            }

            _json = default;
        }

        private bool TryExtend(ReadOnlyMemory<byte> entry)
        {
            if (!MemoryMarshal.TryGetArray(_json, out ArraySegment<byte> run)
                || !MemoryMarshal.TryGetArray(entry, out ArraySegment<byte> next)
                || run.Array != next.Array
                || next.Offset != run.Offset + run.Count + 2
                || !run.Array.AsSpan(run.Offset + run.Count, 2).SequenceEqual(",\n"u8))
            {
                return false;
            }

            _json = run.Array.AsMemory(run.Offset, run.Count + 2 + next.Count);
            return true;
        }
    }
}
