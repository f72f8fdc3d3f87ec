using System.Diagnostics;
using System.Net.Sockets;

namespace Flatnet.OtherKernels.Tests.Machines;

/// <summary>Debian's kernel in an emulated computer without a disk or a network card; it knows only its initramfs.</summary>
internal sealed class VirtualMachine : IDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("flatnet-guest-").FullName;
    private readonly Process? _qemu;
    private readonly Task<string>? _errors;

    public VirtualMachine(DebianKernel kernel)
    {
        try
        {
            string initramfs = Path.Combine(_directory, "initramfs");
            string scripts = Path.GetDirectoryName(MachineFiles.Script("agent.sh"))!;
            Tool.Run("/bin/sh", MachineFiles.Script("build-initramfs.sh"), kernel.Directory, PluginBinary.Path, scripts, initramfs).Succeeded();

            string socket = Path.Combine(_directory, "port");
            ProcessStartInfo start = new("qemu-system-x86_64", Arguments(kernel.Image, initramfs, socket)) { RedirectStandardError = true };
            _qemu = Process.Start(start)!;
            _errors = _qemu.StandardError.ReadToEndAsync();
            NetworkStream port = Connect(socket, _qemu);
            Shell = new ShellSession(port, port, Diagnose);
            // Jobs wait in the port until the guest is up. A guest whose port is shut, because the tests were killed, switches itself off.
            Shell.Read("true");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ShellSession Shell { get; }

    public void Dispose()
    {
        Shell?.Dispose();
        _qemu?.Kill();
        _qemu?.WaitForExit();
        _qemu?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private string[] Arguments(string image, string initramfs, string socket) =>
    [
        // Emulation, not KVM: it works on every machine, also inside another virtual one, and boots in seconds.
        "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "512",
        "-machine", "q35", "-no-user-config", "-nodefaults", "-nic", "none", "-display", "none", "-no-reboot",
        "-kernel", image, "-initrd", initramfs, "-append", "console=ttyS0 panic=-1 mitigations=off quiet",
        "-serial", "file:" + ConsoleLog,
        "-device", "virtio-serial-pci", "-chardev", $"socket,id=port,path={socket},server=on,wait=off",
        "-device", "virtserialport,chardev=port,name=flatnet",
    ];

    private string ConsoleLog => Path.Combine(_directory, "console.log");

    private NetworkStream Connect(string path, Process qemu)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (true)
        {
            Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (!qemu.HasExited && waited.Elapsed < StartPatience)
            {
                socket.Dispose();
                Thread.Sleep(20);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                throw new IOException($"qemu does not open {path}: {e.Message}\n{Diagnose()}", e);
            }
        }
    }

    private string Diagnose()
    {
        string console = File.Exists(ConsoleLog) ? File.ReadAllText(ConsoleLog) : "";
        string errors = _errors is not null && _errors.Wait(TimeSpan.FromSeconds(1)) ? _errors.Result : "";
        return $"console:\n{console}\nqemu: {errors}";
    }
}
