namespace Flatnet.OtherKernels.Tests.Machines;

/// <summary>The one emulated computer all tests share; it boots when the first of them asks for it.</summary>
public sealed class Guest : IDisposable
{
    private readonly Lazy<VirtualMachine> _machine = new(() => new VirtualMachine(DebianKernel.Get()));

    internal ShellSession Shell => _machine.Value.Shell;

    public void Dispose()
    {
        if (_machine.IsValueCreated)
        {
            _machine.Value.Dispose();
        }
    }
}
