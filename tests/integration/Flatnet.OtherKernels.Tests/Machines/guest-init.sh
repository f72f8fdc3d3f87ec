#!/bin/busybox sh
# The first, and only, process of the guest: loads the drivers and serves jobs on the virtio port until it is shut.
/bin/busybox --install -s /bin
export PATH=/usr/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
# The tests say which modules are there: the kernel does not fetch any by itself until one of them allows it.
echo /bin/no-automatic-modules >/proc/sys/kernel/modprobe
for module in virtio_pci virtio_console bridge veth 8021q; do
    modprobe "$module"
done
ip link set lo up
mkdir -p /run/netns /run/flatnet-test/agent /run/flatnet-test/empty
exec 3<>/dev/vport0p1 4>&3
work=/run/flatnet-test/agent
. /agent.sh
poweroff -f
