using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Flatnet.Ipam;

/// <summary>Reads the state document: <c>{"version":1,"network":…,"boot":…,"cursors":{set:address},"released":[…],"leases":[…],
/// "reservations":[…]}</c>, in any order. Strings are compared where they stand; nothing is decoded that is not asked for.</summary>
internal static class DocumentReader
{
    internal const int Version = 1;

    /// <summary>Reads; a document that is not well-formed or not ours comes back empty with origin
    /// <see cref="DocumentOrigin.Broken"/>.</summary>
    /// <exception cref="IpamException"><see cref="IpamFailure.StateUnreadable"/>: a newer version wrote it.</exception>
    internal static LeaseDocument Read(byte[] json, string network, string location)
    {
        try
        {
            if (!Utf8.IsValid(json))
            {
                throw new DocumentFormatException("expected UTF-8 text", 0);
            }

            RefuseNewer(json, location);
            return CanonicalReader.TryRead(json, network) ?? ReadDocument(json, network);
        }
        catch (Exception e) when (e is JsonException or DocumentFormatException or InvalidOperationException)
        {
            string trouble = json.Length == 0 ? "the file is empty" : e.Message;
            return new LeaseDocument(network) { Origin = DocumentOrigin.Broken, Trouble = trouble };
        }
    }

    internal static LeaseDocument ReadDocument(byte[] json, string network)
    {
        var boot = new DocumentBoot();
        LeaseEntry[] leases = [];
        ReservationEntry[] reservations = [];
        Cursor[] cursors = [];
        IpValue[] released = [];
        byte[][] unknown = [];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("leases"u8))
            {
                leases = ReadLeases(ref reader, json, boot);
            }
            else if (reader.ValueTextEquals("reservations"u8))
            {
                reservations = ReadReservations(ref reader, json);
            }
            else if (reader.ValueTextEquals("cursors"u8))
            {
                cursors = ReadCursors(ref reader);
            }
            else if (reader.ValueTextEquals("released"u8))
            {
                released = ReadReleased(ref reader);
            }
            else if (reader.ValueTextEquals("boot"u8))
            {
                Expect(ref reader, JsonTokenType.String, "a boot ID");
                boot.Id = reader.GetString()!;
            }
            else
            {
                bool known = reader.ValueTextEquals("version"u8) || reader.ValueTextEquals("network"u8);
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                if (!known)
                {
                    unknown = [.. unknown, json[start..(int)reader.BytesConsumed]];
                }
            }
        }

        // Only the end of the text tells that nothing follows the object.
        reader.Read();
        return new LeaseDocument(network)
        {
            Boot = boot,
            LeaseEntries = leases,
            ReservationEntries = reservations,
            Cursors = cursors,
            Released = released,
            Unknown = unknown,
        };
    }

    /// <summary>Looks at nothing but the version, because everything else may have a shape we do not know.</summary>
    private static void RefuseNewer(byte[] json, string location)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new DocumentFormatException("expected an object", 0);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isVersion = reader.ValueTextEquals("version"u8);
            if (!isVersion)
            {
                reader.Skip();
                continue;
            }

            if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetDouble(out double version) || version < Version)
            {
                throw new DocumentFormatException("expected a version", reader.TokenStartIndex);
            }

            if (version < Version + 1)
            {
                return;
            }

            string number = Encoding.UTF8.GetString(reader.ValueSpan);
            throw new IpamException(
                IpamFailure.StateUnreadable,
                $"state file {location} has format version {number}, this flatnet knows version {Version.ToString(CultureInfo.InvariantCulture)}",
                "a newer flatnet wrote it: install that version again, or move the file away to start afresh");
        }

        throw new DocumentFormatException("expected a version", reader.TokenStartIndex);
    }

    private static LeaseEntry[] ReadLeases(ref Utf8JsonReader reader, byte[] json, DocumentBoot boot)
    {
        // A lease is seldom shorter than this.
        const int TypicalLease = 200;
        var leases = new List<LeaseEntry>(json.Length / TypicalLease);
        Expect(ref reader, JsonTokenType.StartArray, "an array of leases");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            leases.Add(LeaseEntryReader.Read(ref reader, json, boot));
        }

        ExpectEnd(ref reader, JsonTokenType.EndArray, "a lease");
        return leases.ToArray();
    }

    private static ReservationEntry[] ReadReservations(ref Utf8JsonReader reader, byte[] json)
    {
        var reservations = new List<ReservationEntry>();
        Expect(ref reader, JsonTokenType.StartArray, "an array of reservations");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            reservations.Add(ReservationEntry.Read(ref reader, json));
        }

        ExpectEnd(ref reader, JsonTokenType.EndArray, "a reservation");
        return reservations.ToArray();
    }

    private static Cursor[] ReadCursors(ref Utf8JsonReader reader)
    {
        var cursors = new List<Cursor>();
        Expect(ref reader, JsonTokenType.StartObject, "an object of cursors");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // A set's text needs no escapes; one that has some cannot name a set.
            string set = EntryJson.TextOf(reader.ValueSpan);
            Expect(ref reader, JsonTokenType.String, "an address");
            if (IpAddressText.TryParse(reader.ValueSpan, out IpValue last))
            {
                cursors.Add(new Cursor(set, last));
            }
        }

        return cursors.ToArray();
    }

    private static IpValue[] ReadReleased(ref Utf8JsonReader reader)
    {
        var released = new List<IpValue>();
        Expect(ref reader, JsonTokenType.StartArray, "an array of addresses");
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (IpAddressText.TryParse(reader.ValueSpan, out IpValue address))
            {
                released.Add(address);
            }
        }

        ExpectEnd(ref reader, JsonTokenType.EndArray, "an address");
        return released.ToArray();
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        reader.Read();
        ExpectEnd(ref reader, type, what);
    }

    private static void ExpectEnd(ref Utf8JsonReader reader, JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
        {
            throw new DocumentFormatException("expected " + what, reader.TokenStartIndex);
        }
    }
}
