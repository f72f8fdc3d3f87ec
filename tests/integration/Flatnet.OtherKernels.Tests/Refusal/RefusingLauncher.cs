using Flatnet.OtherKernels.Tests.Machines;

namespace Flatnet.OtherKernels.Tests.Refusal;

/// <summary>refuse-netfilter.c, compiled once; it makes a program's netlink sockets of the netfilter family fail.</summary>
public sealed class RefusingLauncher : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("flatnet-refusal-").FullName;

    public RefusingLauncher()
    {
        Program = Path.Combine(_directory, "refuse-netfilter");
        Tool.Run("gcc", "-O1", "-Wall", "-Werror", "-o", Program, MachineFiles.Source("refuse-netfilter.c")).Succeeded();
    }

    public string Program { get; }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
