using System.Globalization;
using System.Text.Json;
using Flatnet.Podman.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Flatnet.Podman.Tests.Engine;

/// <summary>Whatever JSON comes: it is read, or it is a <see cref="JsonException"/>.</summary>
public sealed class HostileJsonProperties
{
    private static readonly string[] Originals =
        [Samples.OwnList, Samples.CommandList, Samples.CompatibleList, Samples.NewerList, $"[{Samples.OwnInspect},{Samples.CompatibleInspect}]"];

    private static readonly string[] Values = ["null", "true", "-1", "1e400", "99999999999999999999", "\"\"", "\"80/tcp\"", "[]", "[null]", "[[1]]", "{}", "{\"a\":{}}"];

    // The value of one field of a good document is exchanged for another.
    private static readonly Gen<string> Mutated =
        from original in Gen.Elements(Originals)
        from place in Gen.Choose(0, original.Count(character => character == ':') - 1)
        from value in Gen.Elements(Values)
        select Exchange(original, place, value);

    [Fact]
    public void Lists_and_details_with_odd_fields_are_read()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Mutated.ToArbitrary(), json =>
        {
            using JsonDocument? document = TryParse(json);
            foreach (JsonElement element in document?.RootElement.EnumerateArray() ?? [])
            {
                ContainerDetails details = InspectReader.Read(element);
                Assert.NotEqual("", details.Container.State);
                Assert.All(NetworkReader.Read(element), network => Assert.All(network.Addresses, Assert.NotNull));
            }

            Assert.All(document is null ? [] : ListReader.Read(document.RootElement), container => Assert.True(ContainerStatus.Text(container, DateTimeOffset.UtcNow).Length > 0));
        }));
    }

    [Fact]
    public void Events_are_read_or_refused()
    {
        string[] pieces = ["{", "}", "\"Type\":\"container\"", ",", "\"Actor\":", "\"Attributes\":", "\"timeNano\":", "\"time\":", "\"Status\":\"died\"", .. Values];
        Gen<string> lines = Gen.Elements(pieces).ArrayOf().Select(words => "{\"Type\":\"container\"," + string.Concat(words) + "}");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(lines.ToArbitrary(), line =>
        {
            try
            {
                Assert.NotEqual("die", EventReader.Read(line)?.Action);
            }
            catch (JsonException)
            {
                // Refused.
            }
        }));
    }

    private static string Exchange(string json, int place, string value)
    {
        int colon = -1;
        for (int count = 0; count <= place; count++)
        {
            colon = json.IndexOf(':', colon + 1);
        }

        // A colon within a text leaves no JSON behind, which is as good a case.
        string rest = json[(colon + 1)..];
        int length = rest.StartsWith('"') ? rest.IndexOf('"', 1) + 1 : rest.AsSpan().IndexOfAny(",}]");
        return string.Create(CultureInfo.InvariantCulture, $"{json[..(colon + 1)]}{value}{rest[Math.Max(0, length)..]}");
    }

    private static JsonDocument? TryParse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
