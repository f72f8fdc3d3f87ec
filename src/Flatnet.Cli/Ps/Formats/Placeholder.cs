using System.Globalization;
using Flatnet.Cli.Addresses;
using Flatnet.Podman;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>A field that a template can name.</summary>
/// <param name="Name">As written, with the dot.</param>
/// <param name="Header">Its header in a table.</param>
/// <param name="Text">A row's value, in full or shortened.</param>
/// <param name="Needs">What has to be found out for it.</param>
internal sealed record Placeholder(string Name, string Header, Func<PsRow, bool, string> Text, PsNeeds Needs = PsNeeds.None)
{
    /// <summary>All of them; <c>.Label "key"</c> is in addition.</summary>
    public static readonly Placeholder[] All =
    [
        new(".ID", "CONTAINER ID", static (row, whole) => whole ? row.Container.Id : PsRow.Shorten(row.Container.Id)),
        new(".Name", "NAME", static (row, _) => row.Name),
        new(".Names", "NAMES", static (row, _) => string.Join(',', row.Container.Names)),
        new(".Image", "IMAGE", static (row, _) => row.Container.Image),
        new(".ImageID", "IMAGE ID", static (row, whole) => whole ? row.Container.ImageId : PsRow.Shorten(row.Container.ImageId)),
        new(".Command", "COMMAND", static (row, _) => string.Join(' ', row.Container.Command)),
        new(".CreatedAt", "CREATED AT", static (row, _) => TimeText.Of(row.Container.CreatedAt) ?? ""),
        new(".RunningFor", "CREATED", static (row, _) => Age(row)),
        new(".StartedAt", "STARTED AT", static (row, _) => TimeText.Of(row.Container.StartedAt) ?? ""),
        new(".Status", "STATUS", static (row, _) => row.Status),
        new(".State", "STATE", static (row, _) => row.Container.State),
        new(".ExitCode", "EXIT CODE", static (row, _) => row.Container.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? ""),
        new(".Ports", "PORTS", static (row, _) => PortText.Of(row.Container.Ports)),
        new(".Labels", "LABELS", static (row, _) => LabelsOf(row.Container)),
        new(".Networks", "NETWORKS", static (row, _) => string.Join(',', row.Container.Networks.Select(network => network.Name))),
        new(".Mounts", "MOUNTS", static (row, _) => string.Join(',', row.Container.Mounts)),
        new(".Pid", "PID", static (row, _) => row.Container.ProcessId.ToString(CultureInfo.InvariantCulture)),
        new(".Pod", "POD ID", static (row, whole) => whole ? row.Container.Pod : PsRow.Shorten(row.Container.Pod), PsNeeds.Pods),
        new(".PodName", "PODNAME", static (row, _) => row.Container.PodName, PsNeeds.Pods),
        new(".Restarts", "RESTARTS", static (row, _) => row.Container.Restarts.ToString(CultureInfo.InvariantCulture), PsNeeds.Pods),
        new(".Size", "SIZE", static (row, _) => SizeText.Of(row.Container.SizeWritten, row.Container.SizeWhole), PsNeeds.Size),
        new(".FlatnetIP", "FLATNET IP", static (row, _) => row.Address.First?.ToString() ?? "-", PsNeeds.Addresses),
        new(".IPSource", "IP SOURCE", static (row, _) => row.Address.Source?.Name() ?? "", PsNeeds.Addresses),
        new(".HostID", "HOST ID", static (row, _) => row.Address.HostId, PsNeeds.Addresses),
    ];

    private static string Age(PsRow row) => row.Container.CreatedAt is { } created ? ContainerStatus.Humanize(row.Now - created) + " ago" : "";

    private static string LabelsOf(Container container) => string.Join(
        ',', container.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
}
