# First process of the sandbox: runs in network, mount and process namespaces of its own, so that everything it makes
# is gone when it ends. Arguments: the agent, the plugin.
set -e
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=755 tmpfs /var/log
mkdir -p /run/netns /run/flatnet-test/bin /run/flatnet-test/agent /run/flatnet-test/empty
cp "$2" /run/flatnet-test/bin/flatnet
ln -s flatnet /run/flatnet-test/bin/flatnet-ipam
ip link set lo up
set +e
exec 3<&0 4>&1 </dev/null >&2
work=/run/flatnet-test/agent
. "$1"
