using Flatnet.Server.Ingest;
using Flatnet.Server.Live;
using Flatnet.Server.Sockets;
using Flatnet.Settings;

namespace Flatnet.Server.Tests.Sockets;

public sealed class OptionKeysTests
{
    [Fact]
    public void Without_settings_the_defaults_hold()
    {
        SettingValues values = SettingsLoader.Load(new SettingTable([.. IngestOptions.Keys, .. LiveOptions.Keys, .. SocketOptions.Keys]), new() { Environment = _ => null });
        IngestOptions ingest = IngestOptions.From(values);
        Assert.Equal(new SocketOptions(), SocketOptions.From(values));
        Assert.Equal(new LiveOptions(), LiveOptions.From(values));
        var defaults = new IngestOptions();
        Assert.Equal(defaults, ingest with { Filters = defaults.Filters });
        Assert.Equal<string>([.. defaults.Filters.ExcludePatterns], [.. ingest.Filters.ExcludePatterns]);
        Assert.Equal<string>([.. defaults.Filters.IncludePatterns], [.. ingest.Filters.IncludePatterns]);
        Assert.Equal(8192, ingest.Filters.MaxMessageLength);
    }
}
