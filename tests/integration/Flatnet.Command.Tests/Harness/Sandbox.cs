using System.Globalization;

namespace Flatnet.Command.Tests.Harness;

/// <summary>
/// Private network, mount and process namespaces with an empty <c>/run</c>, <c>/opt</c>, <c>/var/lib</c> and <c>/var/log</c>, and an
/// <c>/etc</c> whose changes stay inside and that has no CNI networks; other directories are shared with the test. The first process waits for the end of its standard input: however the test ends, the kernel then ends
/// every process inside.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private const string Ready = "ready";

    // sysfs is mounted again because it shows the devices of the namespace that mounted it; control groups are carried over.
    // The last lines make the shell reap every orphan while it waits for the end of its input.
    private const string Script =
        $"""
        set -e
        mount -t tmpfs -o mode=755 tmpfs /run
        mkdir -p /run/.cgroup /run/.etc/upper /run/.etc/work /run/netns /run/lock
        mount --rbind /sys/fs/cgroup /run/.cgroup
        mount -t sysfs sysfs /sys
        mount --rbind /run/.cgroup /sys/fs/cgroup
        umount -l /run/.cgroup
        for directory in /var/lib /var/log /opt /dev/shm; do mount -t tmpfs -o mode=755 tmpfs $directory; done
        mount -t overlay -o lowerdir=/etc,upperdir=/run/.etc/upper,workdir=/run/.etc/work overlay /etc
        rm -rf /etc/cni
        ip link set lo up
        exec 3<&0
        cat <&3 >/dev/null &
        echo {Ready}
        wait $!
        """;

    private readonly RunningProgram _unshare;

    public Sandbox()
    {
        _unshare = Execution.Start(
            ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private", "sh", "-c", Script]);
        _unshare.WaitForOutput(Ready);
        Init = int.Parse(File.ReadAllText($"/proc/{_unshare.Id}/task/{_unshare.Id}/children"), CultureInfo.InvariantCulture);
    }

    /// <summary>The ID of the first process, seen from outside.</summary>
    public int Init { get; }

    /// <summary>The command line that runs a program inside.</summary>
    public string[] Enter(IReadOnlyList<string> argv)
    {
        return ["nsenter", "--target", Init.ToString(CultureInfo.InvariantCulture), "--net", "--mount", "--pid", "--", .. argv];
    }

    /// <summary>Where a file of the sandbox can be found from outside.</summary>
    public string Outside(string path)
    {
        return $"/proc/{Init}/root{path}";
    }

    public void Dispose()
    {
        _unshare.Dispose();
        Eventually.True(() => !Directory.Exists($"/proc/{Init}"), "the sandbox's processes end");
    }
}
