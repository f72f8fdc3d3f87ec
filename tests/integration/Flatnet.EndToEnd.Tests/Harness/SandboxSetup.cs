namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>What the first process of a sandbox does before it starts to wait.</summary>
internal static class SandboxSetup
{
    public const string Ready = "ready";

    // sysfs is mounted again because it shows the devices of the namespace that mounted it; control groups are carried over.
    // The last lines make the shell reap every orphan while it waits for the end of its input.
    public const string Script =
        $"""
        set -e
        mount -t tmpfs -o mode=755 tmpfs /run
        mkdir -p /run/.cgroup /run/.etc/upper /run/.etc/work /run/netns /run/lock
        mount --rbind /sys/fs/cgroup /run/.cgroup
        mount -t sysfs sysfs /sys
        mount --rbind /run/.cgroup /sys/fs/cgroup
        umount -l /run/.cgroup
        for directory in /var/lib /var/log /opt /dev/shm; do mount -t tmpfs -o mode=755 tmpfs $directory; done
        for directory in /tmp /var/tmp; do mount -t tmpfs -o mode=1777 tmpfs $directory; done
        mount -t overlay -o lowerdir=/etc,upperdir=/run/.etc/upper,workdir=/run/.etc/work overlay /etc
        rm -rf /etc/cni
        mkdir -p /etc/cni/net.d
        ip link set lo up
        exec 3<&0
        cat <&3 >/dev/null &
        echo {Ready}
        wait $!
        """;
}
