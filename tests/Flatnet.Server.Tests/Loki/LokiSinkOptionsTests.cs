using Flatnet.Server.Loki;
using Flatnet.Server.Retention;
using Flatnet.Settings;

namespace Flatnet.Server.Tests.Loki;

public sealed class LokiSinkOptionsTests
{
    [Fact]
    public void Without_an_address_there_is_no_sink() => Assert.Null(Load());

    [Fact]
    public void Labels_are_added_to_the_job_and_may_replace_it()
    {
        LokiSinkOptions options = Load(("loki.url", "http://localhost:3100"), ("loki.labels", "job=builds,site=tokyo"), ("loki.tenant", "a"), ("loki.token", "t"))!;
        Assert.Equal([("job", "builds"), ("site", "tokyo")], options.Labels.Select(static label => (label.Key, label.Value)).Order());
        Assert.Equal(("a", "t", TimeSpan.FromDays(7)), (options.Loki.Tenant, options.Loki.Token, options.MaximumAge));
    }

    [Theory]
    [InlineData("loki.url", "localhost:3100")]
    [InlineData("loki.url", "ftp://localhost")]
    [InlineData("loki.tenant", "a|b")]
    [InlineData("loki.tenant", "..")]
    [InlineData("loki.labels", "noequals")]
    [InlineData("loki.labels", "=x")]
    [InlineData("loki.labels", "a-b=x")]
    [InlineData("loki.labels", "__name=x")]
    [InlineData("loki.labels", "source=x")]
    [InlineData("loki.labels", "a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,m=1,n=1")]
    public void What_Loki_would_refuse_is_refused_at_the_start(string key, string value)
    {
        SettingsException exception = Assert.Throws<SettingsException>(() => Load(("loki.url", "http://localhost:3100"), (key, value)));
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_of_retention_are_those_of_its_record()
    {
        SettingValues values = SettingsLoader.Load(new SettingTable(RetentionOptions.Keys), new SettingSources { Environment = static _ => null });
        Assert.Equal(new RetentionOptions(), RetentionOptions.From(values));
    }

    private static LokiSinkOptions? Load(params (string Path, string Value)[] flags)
    {
        var last = new Dictionary<string, string>();
        foreach ((string path, string value) in flags)
        {
            last[path] = value;
        }

        return LokiSinkOptions.From(SettingsLoader.Load(
            new SettingTable(LokiSinkOptions.Keys), new SettingSources { Environment = static _ => null, Flags = last }));
    }
}
