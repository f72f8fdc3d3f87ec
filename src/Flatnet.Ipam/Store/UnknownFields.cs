using System.Collections.Immutable;
using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>Finds what another version, or a person, has added to a document.</summary>
internal static class UnknownFields
{
    private static readonly string[] OfLeases = ["ip", "id", "if", "name", "mac", "ns", "host", "at", "boot", "from"];
    private static readonly string[] OfReservations = ["name", "ip", "used", "static"];

    /// <summary>Their names in the order of appearance, each once.</summary>
    internal static ImmutableArray<string> Of(LeaseDocument document)
    {
        var found = new List<string>();
        foreach (byte[] member in document.Unknown)
        {
            Collect([(byte)'{', .. member, (byte)'}'], "", [], found);
        }

        foreach (LeaseEntry entry in document.LeaseEntries)
        {
            Collect(entry.Json, "leases.", OfLeases, found);
        }

        foreach (ReservationEntry entry in document.ReservationEntries)
        {
            Collect(entry.Json, "reservations.", OfReservations, found);
        }

        return [.. found];
    }

    private static void Collect(ReadOnlySpan<byte> json, string prefix, string[] known, List<string> found)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Half a surrogate pair cannot become a string; such a key is shown as it is written.
            string name = reader.ValueIsEscaped ? EntryJson.TextOf(reader.ValueSpan) : reader.GetString()!;
            if (!known.Contains(name) && !found.Contains(prefix + name))
            {
                found.Add(prefix + name);
            }

            reader.Skip();
        }
    }
}
