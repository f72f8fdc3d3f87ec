using Flatnet.Logs.Text;

namespace Flatnet.Logs.Tests.Text;

public sealed class NearMatchTests
{
    [Theory]
    [InlineData("web", "web", 0)]
    [InlineData("web", "wbe", 1)]
    [InlineData("", "web", 3)]
    [InlineData("web", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_typing_mistakes(string one, string other, int distance) => Assert.Equal(distance, NearMatch.Distance(one, other));

    [Theory]
    [InlineData("wbe1", "web1")]
    [InlineData("GATEWAI", "gateway")]
    [InlineData("way", "gateway")]
    [InlineData("ay", "")]
    [InlineData("we", "")]
    public void Near_are_names_with_the_text_in_them_or_a_few_mistakes_away(string text, string near) =>
        Assert.Equal(near, string.Join(' ', NearMatch.Find(text, ["web2", "gateway", "web1", "Web1"])));

    [Fact]
    public void Mistakes_count_more_than_the_order_of_the_alphabet() =>
        Assert.Equal(["web", "webs", "my-web"], NearMatch.Find("weB", ["database", "webs", "my-web", "web"]));

    [Fact]
    public void The_nearest_three_come_nearest_first() =>
        Assert.Equal(["office", "offic", "offices"], NearMatch.Find("office", ["xoffices", "office", "offices", "offic", "my-office"]));
}
