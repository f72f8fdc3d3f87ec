using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Flatnet.Cli.Gateway;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Cli.Tests.Gateway;

public sealed class RegistryReaderTests
{
    private static ImmutableArray<RegistryEntry> Read(string json) => RegistryReader.Read(Encoding.UTF8.GetBytes(json));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"containers\":[]}")]
    [InlineData("{\"containers\":{}}")]
    public void An_empty_list_has_many_forms(string json) => Assert.Empty(Read(json));

    [Theory]
    [InlineData("""[{"id":"abc","ip":"10.87.1.2","hostname":"web","hostId":1,"createdAt":"1768471200","ttl":300}]""")]
    [InlineData("""[{"id":"abc","ip":"10.87.1.2","name":"web","host_id":"1","registered_at":1768471200}]""")]
    [InlineData("""{"containers":[{"id":"abc","ip":"10.87.1.2","hostname":"web","host_id":1,"createdAt":"2026-01-15T10:00:00Z","ports":{}}]}""")]
    public void Both_spellings_are_read(string json)
    {
        RegistryEntry entry = Assert.Single(Read(json));

        Assert.Equal(("abc", "10.87.1.2", "web", "1"), (entry.Id, entry.Address.ToString(), entry.Name, entry.HostId));
        Assert.Equal(new DateTimeOffset(2026, 1, 15, 10, 0, 0, TimeSpan.Zero), entry.CreatedAt);
    }

    [Theory]
    [InlineData("""[{"id":"abc"}]""")]
    [InlineData("""[{"id":"abc","ip":"nonsense"}]""")]
    [InlineData("""[{"id":"abc","ip":"10.1"}]""")]
    [InlineData("""[{"ip":"10.87.1.2"}]""")]
    [InlineData("""["abc",null,3,[]]""")]
    public void What_is_no_entry_is_left_out(string json) => Assert.Empty(Read(json));

    [Theory]
    [InlineData("-1")]
    [InlineData("1e300")]
    [InlineData("yesterday")]
    [InlineData("")]
    public void A_time_that_is_none_is_unknown(string time) =>
        Assert.Null(Assert.Single(Read($$"""[{"id":"abc","ip":"10.87.1.2","createdAt":"{{time}}"}]""")).CreatedAt);

    [Fact]
    public void Whatever_the_gateway_sends_is_read_or_refused()
    {
        Gen<string> piece = Gen.Elements("[", "]", "{", "}", "\"id\"", ":", ",", "\"abc\"", "\"ip\"", "\"10.87.1.2\"", "\"containers\"", "1", "null", "\"");
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Arb.From(Gen.ListOf(piece)), pieces =>
        {
            try
            {
                return !Read(string.Concat(pieces)).IsDefault;
            }
            catch (JsonException)
            {
                return true;
            }
        }));
    }
}
