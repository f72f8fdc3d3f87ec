using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Ipam.Tests;

public sealed class DocumentReaderTests
{
    private static byte[] Typical()
    {
        using StoreFixture fixture = StoreFixture.InMemory();
        fixture.Configuration = Configurations.Ipam(
            """
            "ranges":[[{"subnet":"10.87.1.0/24"}],[{"subnet":"fd78::/64"}]]
            """);
        for (int i = 0; i < 6; i++)
        {
            fixture.AddAll("c" + i, i % 2 == 0 ? "name" + i : null);
        }

        fixture.Delete("c1");
        fixture.Delete("c2");
        fixture.Leases().Reserve("fixed", IPAddress.Parse("10.87.1.99"));
        return Bytes(fixture.Store.Peek());
    }

    private static byte[] Bytes(LeaseDocument document) => [.. DocumentWriter.Write(document).SelectMany(piece => piece.ToArray())];

    private static string Describe(LeaseDocument document) => string.Join('\n',
        document.Leases.Select(l => $"{l.ContainerId} {l.InterfaceName} {l.ContainerName} {l.Mac} {l.NamespacePath} {l.HostInterface} {l.Since:O} {l.BootId} {string.Join('+', l.Addresses)}")
            .Concat(document.Reservations.Select(r => $"{r.Name} {r.IsStatic} {r.LastUsed:O} {string.Join('+', r.Addresses)}"))
            .Concat(document.LeaseEntries.Select(e => Encoding.UTF8.GetString(e.Json) + e.IsFromHostLocal + e.Fields.First + e.HasName + e.HasNamespace))
            .Concat(document.ReservationEntries.Select(e => Encoding.UTF8.GetString(e.Json)))
            .Concat(document.Cursors.Select(c => c.ToString()))
            .Concat(document.Released.Select(r => r.ToString()))
            .Append(document.Boot.Id));

    [Fact]
    public void What_is_written_reads_back_the_same_on_both_ways()
    {
        byte[] json = Typical();
        LeaseDocument fast = CanonicalReader.TryRead(json, "flatnet")!;
        Assert.NotNull(fast);
        Assert.Equal(Describe(DocumentReader.ReadDocument(json, "flatnet")), Describe(fast));
        Assert.Equal((4, 4), (fast.Leases.Count, fast.Reservations.Count));
        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(Bytes(fast)));
    }

    [Fact]
    public void An_empty_document_takes_the_fast_way_too() =>
        Assert.NotNull(CanonicalReader.TryRead(Bytes(new LeaseDocument("flatnet")), "flatnet"));

    [Fact]
    public void Damage_is_read_or_reported_and_the_fast_way_never_accepts_more()
    {
        byte[] valid = Typical();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(5000),
            Prop.ForAll<int, byte, byte>((position, value, kind) =>
            {
                byte[] mutated = Mutation.Apply(valid, (int)(position * 2654435761L), value, kind);
                LeaseDocument document;
                try
                {
                    document = DocumentReader.Read(mutated, "flatnet", "x");
                }
                catch (IpamException e)
                {
                    return e.Failure == IpamFailure.StateUnreadable;
                }

                if (document.Origin == DocumentOrigin.Broken)
                {
                    return document.Trouble!.Length > 0 && document.Leases.Count == 0;
                }

                return Describe(document) == Describe(DocumentReader.ReadDocument(mutated, "flatnet"))
                    && DocumentReader.Read(Bytes(document), "flatnet", "x").Origin == DocumentOrigin.Stored;
            }));
    }

    [Fact]
    public void Any_bytes_are_read_or_reported() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000),
        Prop.ForAll<byte[]>(bytes => DocumentReader.Read(bytes, "flatnet", "x").Origin == DocumentOrigin.Broken));

    [Fact]
    public void Any_names_survive() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll<NonNull<string>>(text =>
        {
            // Half surrogate pairs cannot be written as UTF-8; they become U+FFFD once.
            string name = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes("n" + text.Get));
            using StoreFixture fixture = StoreFixture.InMemory();
            fixture.Add("c1", name);
            LeaseDocument read = DocumentReader.Read(Bytes(fixture.Store.Peek()), "flatnet", "x");
            return read.Leases[0].ContainerName == name && read.Reservations[0].Name == name;
        }));
}
