using System.Collections.Immutable;
using Flatnet.Settings;

namespace Flatnet.Server.Rest;

/// <summary>What the REST interface does on its own account.</summary>
internal sealed record RestOptions
{
    public static readonly ImmutableArray<SettingKey> Keys =
    [
        new("tasks.autoCreate", SettingKind.Flag, "true", "A line for a task that nobody has created creates it.") { Variables = ["FLATNET_TASKS_AUTO_CREATE"] },
    ];

    /// <summary>A line for a task that nobody has created creates it.</summary>
    public bool AutoCreate { get; init; } = true;

    public static RestOptions From(SettingValues values) => new() { AutoCreate = values.Flag("tasks.autoCreate") };
}
