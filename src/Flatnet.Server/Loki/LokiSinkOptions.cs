using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Flatnet.Loki;
using Flatnet.Settings;

namespace Flatnet.Server.Loki;

/// <summary>Which Loki gets the lines too, and how.</summary>
internal sealed partial record LokiSinkOptions
{
    public static readonly ImmutableArray<SettingKey> Keys =
    [
        new("loki.url", SettingKind.Text, null, "The Loki that gets all lines as well, such as http://localhost:3100; none without it.")
        {
            Variables = ["FLATNET_LOKI_URL"],
        },
        new("loki.tenant", SettingKind.Text, null, "Loki's tenant (X-Scope-OrgID).") { Variables = ["FLATNET_LOKI_TENANT"] },
        new("loki.token", SettingKind.Text, null, "The bearer token for Loki.") { Variables = ["FLATNET_LOKI_TOKEN"], IsSecret = true },
        new("loki.labels", SettingKind.List, null, "Labels of every line, as name=value; job=flatnet and the line's source are there anyway.")
        {
            Variables = ["FLATNET_LOKI_LABELS"],
        },
        new("loki.maxAge", SettingKind.Duration, "7d", "Lines older than this are not sent: Loki would refuse them (reject_old_samples_max_age).")
        {
            Variables = ["FLATNET_LOKI_MAX_AGE"], Least = 60_000,
        },
    ];

    private const int MostLabels = 14;
    private const int LongestLabel = 1024;

    public required LokiOptions Loki { get; init; }

    /// <summary>What every line is labelled with, beside its source. Few, and with few values.</summary>
    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty.Add("job", "flatnet");

    /// <summary>Lines older than this are left out.</summary>
    public TimeSpan MaximumAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Between two looks for new lines.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks at all tasks, not only at those with a recent line.</summary>
    public TimeSpan FullInterval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The pause after a first failure; it doubles with each.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest pause after a failure.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Null if no Loki is configured.</summary>
    /// <exception cref="SettingsException">A value makes no sense.</exception>
    public static LokiSinkOptions? From(SettingValues values)
    {
        if (values.Text("loki.url") is not { Length: > 0 } url)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
        {
            throw Mistake("loki.url: expected an address that begins with http:// or https://");
        }

        if (values.Text("loki.tenant") is { } tenant && !Tenant().IsMatch(tenant))
        {
            throw Mistake("loki.tenant: expected up to 150 letters, digits and !-_.*'()");
        }

        var options = new LokiSinkOptions
        {
            Loki = new LokiOptions { Url = address, Tenant = values.Text("loki.tenant"), Token = values.Text("loki.token") },
            MaximumAge = values.Duration("loki.maxAge"),
        };
        foreach (string label in values.List("loki.labels"))
        {
            options = options with { Labels = options.Labels.SetItem(Name(label), label[(Name(label).Length + 1)..]) };
        }

        if (options.Labels.Count > MostLabels)
        {
            throw Mistake($"loki.labels: {options.Labels.Count} labels; Loki takes {MostLabels} beside the source");
        }

        return options;
    }

    private static string Name(string label)
    {
        string name = label[..Math.Max(0, label.IndexOf('=', StringComparison.Ordinal))];
        return LogQl.IsLabelName(name) && name != "source" && !name.StartsWith("__", StringComparison.Ordinal) && label.Length < LongestLabel
            ? name
            : throw Mistake(
                $"loki.labels: '{label}' is not name=value with a name of letters, digits and _, not beginning with __, and not 'source', which each line has of its own");
    }

    [GeneratedRegex(@"^(?!\.{1,2}\z)[0-9A-Za-z!_.*'()-]{1,150}\z")]
    private static partial Regex Tenant();

    private static SettingsException Mistake(string problem) => new([new SettingMistake(problem)]);
}
