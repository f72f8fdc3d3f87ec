namespace Flatnet.Ipam;

/// <summary>Reads a document that has exactly the layout <see cref="DocumentWriter"/> gives it, line by line and without a
/// JSON reader: with a thousand leases that is the difference between a start nobody notices and one and a half times the
/// rest of the plugin. Whatever looks different in any way is left to <see cref="DocumentReader"/>, so this accepts nothing
/// that one would refuse, and finds the same in it.</summary>
internal static class CanonicalReader
{
    /// <summary>Reads valid UTF-8 text of the known version; null when the layout is another.</summary>
    internal static LeaseDocument? TryRead(byte[] json, string network)
    {
        int start = json.AsSpan().IndexOf("\n\"leases\":["u8);
        if (start < 0)
        {
            return null;
        }

        var boot = new DocumentBoot();
        var scanner = new LineScanner(json, start + "\n\"leases\":["u8.Length);
        List<LeaseEntry>? leases = ReadLeases(ref scanner, json, boot);
        if (leases is null || !scanner.Skip(",\n\"reservations\":["u8))
        {
            return null;
        }

        List<ReservationEntry>? reservations = ReadReservations(ref scanner, json);
        if (reservations is null || !scanner.Skip("}\n"u8) || !scanner.IsAtEnd)
        {
            return null;
        }

        // What stands before the leases is short: with something to close it, it is a document of its own.
        byte[] head = [.. json.AsSpan(0, start), .. "\"leases\":[]}"u8];
        LeaseDocument document = DocumentReader.ReadDocument(head, network);
        boot.Id = document.Boot.Id;
        return document.Unknown.Length > 0 ? null : new LeaseDocument(network)
        {
            Boot = boot,
            LeaseEntries = leases.ToArray(),
            ReservationEntries = reservations.ToArray(),
            Cursors = document.Cursors,
            Released = document.Released,
        };
    }

    private static List<LeaseEntry>? ReadLeases(ref LineScanner scanner, byte[] json, DocumentBoot boot)
    {
        const int TypicalLease = 250;
        var leases = new List<LeaseEntry>(json.Length / TypicalLease);
        if (scanner.Skip("]"u8))
        {
            return leases;
        }

        do
        {
            var fields = default(LeaseFields);
            if (!scanner.Skip("\n"u8) || !ReadLease(ref scanner, ref fields))
            {
                return null;
            }

            leases.Add(new LeaseEntry(json, fields, boot));
        }
        while (scanner.Skip(","u8));
        return scanner.Skip("]"u8) ? leases : null;
    }

    private static bool ReadLease(ref LineScanner scanner, ref LeaseFields fields)
    {
        int start = scanner.Position;
        if (!scanner.Skip("{\"ip\":["u8)
            || !scanner.Addresses(out fields.First, out fields.Others)
            || !scanner.Skip(",\"id\":\""u8)
            || !scanner.Text(out fields.ContainerId)
            || fields.ContainerId.Length == 0)
        {
            return false;
        }

        if (!scanner.OptionalText(",\"if\":\""u8, out fields.InterfaceName)
            || !scanner.OptionalText(",\"name\":\""u8, out Slice name)
            || !scanner.OptionalText(",\"mac\":\""u8, out _)
            || !scanner.OptionalText(",\"ns\":\""u8, out Slice path)
            || !scanner.OptionalText(",\"host\":\""u8, out _)
            || !scanner.Skip(",\"at\":"u8)
            || !scanner.Number(out _))
        {
            return false;
        }

        int beforeBoot = scanner.Position;
        if (!scanner.OptionalText(",\"boot\":\""u8, out _))
        {
            return false;
        }

        fields.HasName = name.Length != 0;
        fields.HasNamespace = path.Length != 0;
        fields.HasBootId = scanner.Position != beforeBoot;
        fields.IsFromHostLocal = scanner.Skip(",\"from\":\"host-local\""u8);
        bool closed = scanner.Skip("}"u8);
        fields.Whole = new Slice(start, scanner.Position - start);
        return closed && scanner.IsPrintableSince(start);
    }

    private static List<ReservationEntry>? ReadReservations(ref LineScanner scanner, byte[] json)
    {
        const int TypicalReservation = 60;
        var reservations = new List<ReservationEntry>((json.Length - scanner.Position) / TypicalReservation);
        if (scanner.Skip("]"u8))
        {
            return reservations;
        }

        do
        {
            if (!scanner.Skip("\n"u8) || ReadReservation(ref scanner, json) is not { } reservation)
            {
                return null;
            }

            reservations.Add(reservation);
        }
        while (scanner.Skip(","u8));
        return scanner.Skip("]"u8) ? reservations : null;
    }

    private static ReservationEntry? ReadReservation(ref LineScanner scanner, byte[] json)
    {
        int start = scanner.Position;
        if (!scanner.Skip("{\"name\":\""u8)
            || !scanner.Text(out Slice name)
            || name.Length == 0
            || !scanner.Skip(",\"ip\":["u8)
            || !scanner.Addresses(out IpValue first, out IpValue[]? others)
            || !scanner.Skip(",\"used\":"u8)
            || !scanner.Number(out long used))
        {
            return null;
        }

        bool isStatic = scanner.Skip(",\"static\":true"u8);
        return !scanner.Skip("}"u8) || !scanner.IsPrintableSince(start) ? null : new ReservationEntry(json, new Slice(start, scanner.Position - start), name, hasEscapes: false)
        {
            First = first,
            Others = others,
            UsedMilliseconds = used,
            IsStatic = isStatic,
        };
    }
}
