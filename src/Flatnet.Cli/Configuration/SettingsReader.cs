using System.Collections.Immutable;
using Flatnet.Cli.Hosting;
using Flatnet.Logs.Text;

namespace Flatnet.Cli.Configuration;

/// <summary>Merges defaults, the configuration file and the environment; the later wins. Options of the command line come on top.</summary>
internal sealed class SettingsReader
{
    private const string ComponentPrefix = "logs.components.";

    private static readonly ImmutableArray<SettingKey> Keys =
    [
        new("gateway.url", "FLATNET_GATEWAY_URL", static (settings, value) => settings with { GatewayUrl = value.Url() }),
        new("gateway.timeout_secs", "FLATNET_GATEWAY_TIMEOUT", static (settings, value) => settings with { GatewayTimeout = value.Seconds() }),
        new("monitoring.prometheus_url", "FLATNET_PROMETHEUS_URL", static (settings, value) => settings with { PrometheusUrl = value.Url() }),
        new("monitoring.grafana_url", "FLATNET_GRAFANA_URL", static (settings, value) => settings with { GrafanaUrl = value.Url() }),
        new("monitoring.loki_url", "FLATNET_LOKI_URL", static (settings, value) => settings with { LokiUrl = value.Url() }),
        new("display.color", "FLATNET_COLOR", static (settings, value) => settings with { Color = value.Switch() }),
        new("podman.url", null, static (settings, value) => settings with { PodmanUrl = value.Text() }),
        new("flatnet.network", "FLATNET_NETWORK", static (settings, value) => settings with { Network = value.Name() }),
        new("flatnet.ipam_path", "FLATNET_IPAM_PATH", static (settings, value) => settings with { IpamPath = value.Text() }),
        new("loki.tenant", "FLATNET_LOKI_TENANT", static (settings, value) => settings with { LokiTenant = value.Text() }),
        new("loki.token", "FLATNET_LOKI_TOKEN", static (settings, value) => settings with { LokiToken = value.Text() }),
        new("loki.timeout_secs", "FLATNET_LOKI_TIMEOUT", static (settings, value) => settings with { LokiTimeout = value.Seconds() }),
        new("logs.max_lookback", "FLATNET_LOGS_MAX_LOOKBACK", static (settings, value) => settings with { MaxLookback = value.Duration() }),
        new("server.url", "FLATNET_SERVER_URL", static (settings, value) => settings with { ServerUrl = value.Url() }),
        new("server.token", "FLATNET_SERVER_TOKEN", static (settings, value) => settings with { ServerToken = value.Text() }),
    ];

    private readonly List<string> _warnings = [];
    private Settings _settings = new();

    /// <summary>Reads the file and the environment.</summary>
    /// <param name="file">The file that must be there, as the user named it; null: the usual place, which may be empty.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="CommandException">A value or the file makes no sense: with line and column, or the variable's name.</exception>
    public static Settings Read(string? file, Func<string, string?> environment)
    {
        var reader = new SettingsReader();
        if (file is not null)
        {
            reader.ReadFile(file, environment);
        }
        else if (DefaultFile(environment) is { } usual && File.Exists(usual))
        {
            reader.ReadFile(usual, environment);
        }

        reader.ReadEnvironment(environment);
        return reader._settings with { Warnings = [.. reader._warnings] };
    }

    /// <summary><c>$XDG_CONFIG_HOME/flatnet/config.toml</c>, else <c>~/.config/flatnet/config.toml</c>; null without a home.</summary>
    public static string? DefaultFile(Func<string, string?> environment)
    {
        string? directory = environment("XDG_CONFIG_HOME") is { Length: > 0 } configured ? configured
            : environment("HOME") is { Length: > 0 } home ? Path.Join(home, ".config")
            : null;
        return directory is null ? null : Path.Join(directory, "flatnet", "config.toml");
    }

    private void ReadFile(string path, Func<string, string?> environment)
    {
        foreach (TomlEntry entry in ReadEntries(path))
        {
            string place = $"{path}, line {entry.Line}, column {entry.Column}: {entry.Path}";
            if (entry.Path.StartsWith(ComponentPrefix, StringComparison.Ordinal))
            {
                ReadComponent(entry, place);
            }
            else if (Keys.FirstOrDefault(known => known.Path == entry.Path) is { } key)
            {
                // What the environment says again need not make sense here.
                if (key.Variable is null || environment(key.Variable) is not { Length: > 0 })
                {
                    _settings = key.Apply(_settings, new SettingValue(entry.Value, place));
                }
            }
            else
            {
                List<string> near = NearMatch.Find(entry.Path, Keys.Select(known => known.Path));
                _warnings.Add($"{place} is no setting{(near.Count > 0 ? $"; did you mean {near[0]}?" : "")}");
            }
        }
    }

    private static List<TomlEntry> ReadEntries(string path)
    {
        try
        {
            return TomlReader.Read(File.ReadAllText(path));
        }
        catch (TomlException error)
        {
            throw new CommandException($"{path}, {error.Message}", "Mend the file, or name another one with --config.", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the configuration file {path} cannot be read: {error.Message}", inner: error);
        }
    }

    private void ReadComponent(TomlEntry entry, string place)
    {
        string rest = entry.Path[ComponentPrefix.Length..];
        int dot = rest.LastIndexOf('.');
        string name = dot > 0 ? rest[..dot] : throw new CommandException($"{place} must be a table with selector, container or files");
        var value = new SettingValue(entry.Value, place);
        LogComponent component = _settings.Components.GetValueOrDefault(name) ?? new LogComponent("", "", []);
        component = rest[(dot + 1)..] switch
        {
            "selector" => component with { Selector = value.Text() },
            "container" => component with { Container = value.Text() },
            "files" => component with { Files = value.Texts() },
            _ => throw new CommandException($"{place} is unknown; a component has selector, container and files"),
        };
        _settings = _settings with { Components = _settings.Components.SetItem(name, component) };
    }

    private void ReadEnvironment(Func<string, string?> environment)
    {
        foreach (SettingKey key in Keys)
        {
            if (key.Variable is not null && environment(key.Variable) is { Length: > 0 } text)
            {
                _settings = key.Apply(_settings, new SettingValue(text, key.Variable));
            }
        }
    }
}
