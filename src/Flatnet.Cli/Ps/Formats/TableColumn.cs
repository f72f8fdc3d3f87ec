using System.Globalization;

namespace Flatnet.Cli.Ps.Formats;

/// <summary>A column of the table.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Text">A row's cell, in full or shortened.</param>
internal sealed record TableColumn(string Header, Func<PsRow, bool, string> Text)
{
    private static readonly TableColumn Id = new("CONTAINER ID", static (row, whole) => Identifier(row.Container.Id, whole));
    private static readonly TableColumn Name = new("NAME", static (row, _) => row.Name);

    /// <summary>What is shown always, but with <c>--ns</c>.</summary>
    public static readonly TableColumn[] Usual =
    [
        Id,
        Name,
        new("IMAGE", static (row, whole) => whole ? row.Container.Image : ImageText.Shorten(row.Container.Image)),
        new("FLATNET IP", static (row, _) => row.Address.First?.ToString() ?? ""),
        new("STATUS", static (row, _) => row.Status),
    ];

    /// <summary>What <c>--ns</c> shows instead.</summary>
    public static readonly TableColumn[] OfNamespaces =
    [
        Id,
        Name,
        new("PID", static (row, _) => row.Container.ProcessId.ToString(CultureInfo.InvariantCulture)),
        Namespace("CGROUPNS", "cgroup"),
        Namespace("IPC", "ipc"),
        Namespace("MNT", "mnt"),
        Namespace("NET", "net"),
        Namespace("PIDNS", "pid"),
        Namespace("USERNS", "user"),
        Namespace("UTS", "uts"),
    ];

    /// <summary>What <c>--pod</c> adds.</summary>
    public static readonly TableColumn[] OfPods =
    [
        new("POD ID", static (row, whole) => Identifier(row.Container.Pod, whole)),
        new("PODNAME", static (row, _) => row.Container.PodName),
    ];

    /// <summary>What <c>--size</c> adds.</summary>
    public static readonly TableColumn OfSize =
        new("SIZE", static (row, _) => SizeText.Of(row.Container.SizeWritten, row.Container.SizeWhole));

    private static TableColumn Namespace(string header, string kind) =>
        new(header, (row, _) => row.Container.Namespaces.GetValueOrDefault(kind, ""));

    private static string Identifier(string id, bool isWhole) => isWhole ? id : PsRow.Shorten(id);
}
