using Flatnet.Bench.Report;
using Flatnet.Bench.Rivals;

namespace Flatnet.Bench.Scenarios;

/// <summary>The size of the plugin's file.</summary>
internal static class Size
{
    public static IReadOnlyList<Row> Run(Ground ground) =>
        [Row.Megabytes("plugin file (rival: bridge)", Length(ground.FlatnetProgram), Length(Ground.BridgeProgram), 4)];

    private static long Length(string path) =>
        ((FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path)).Length;
}
