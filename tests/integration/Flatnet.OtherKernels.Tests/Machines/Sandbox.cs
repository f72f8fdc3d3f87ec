using System.Diagnostics;

namespace Flatnet.OtherKernels.Tests.Machines;

/// <summary>
/// A shell in network, mount and process namespaces of its own on this machine's kernel. The kernel removes every link,
/// namespace, process and file it made when the sandbox is disposed of, or when the test process is killed.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public Sandbox()
    {
        ProcessStartInfo start = new("unshare")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "/bin/sh",
            MachineFiles.Script("sandbox.sh"), MachineFiles.Script("agent.sh"), PluginBinary.Path,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
        Shell = new ShellSession(_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream, Diagnose);
    }

    public ShellSession Shell { get; }

    public void Dispose()
    {
        // The agent ends with its input, and every process of the namespace with it.
        Shell.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private string Diagnose() => _errors.Wait(TimeSpan.FromSeconds(1)) ? _errors.Result : "the sandbox is still running";
}
