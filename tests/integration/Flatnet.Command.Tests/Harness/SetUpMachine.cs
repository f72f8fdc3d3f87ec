namespace Flatnet.Command.Tests.Harness;

/// <summary>A machine on which <c>flatnet setup</c> has been run and the container <c>web</c> runs in the network <c>flatnet</c>.</summary>
public sealed class SetUpMachine : IDisposable
{
    public SetUpMachine()
    {
        Machine.Flatnet("setup").ExpectSuccess();
        Machine.Start("web");
    }

    public Machine Machine { get; } = new();

    public void Dispose() => Machine.Dispose();
}
