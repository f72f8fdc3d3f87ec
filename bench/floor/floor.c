/*
 * The floor: what the kernel alone takes to attach a container to a bridge, with nothing around it. No configuration is
 * read, no address is leased, no state is written, nothing is checked twice. The benchmark holds the plugin against it.
 *
 *   floor add BRIDGE HOSTIF ALIAS NETNS IFNAME MAC ADDRESS/PREFIX GATEWAY
 *   floor del HOSTIF
 *
 * The kernel is asked to change exactly what an ADD of the plugin changes: a veth pair whose host end is plugged into the
 * bridge (MAC, alias, hairpin on, isolation off, up) and whose other end is made inside NETNS by its descriptor, with name and
 * MAC; there arp_notify, one address, link up, default route. Last it is asked for the port, which by then carries traffic. The
 * bridge is there already, as it is for every ADD but a network's first. Not here, because none of it makes the attachment:
 * looking whether bridge, gateway and rules are as configured. Requests that can share a sendmsg share one.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <linux/ip.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <net/ethernet.h>
#include <netinet/ether.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char out[4096], in[16384]; /* requests under construction; answers */
static size_t used;
static struct nlmsghdr *message;
static unsigned count; /* requests in `out`, all of which will be answered */

static void die(const char *what)
{
	fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void *append(const void *data, size_t size)
{
	size_t room = NLMSG_ALIGN(size);
	char *at = out + used;

	if (used + room > sizeof out) {
		errno = EMSGSIZE;
		die("request");
	}
	memset(at, 0, room);
	if (data)
		memcpy(at, data, size);
	used += room;
	if (message)
		message->nlmsg_len = (unsigned)(out + used - (char *)message);
	return at;
}

static void begin(unsigned short type, unsigned short flags, const void *header, size_t size)
{
	message = NULL;
	message = append(NULL, sizeof *message);
	message->nlmsg_len = sizeof *message;
	message->nlmsg_type = type;
	message->nlmsg_flags = NLM_F_REQUEST | flags;
	message->nlmsg_seq = ++count;
	append(header, size);
}

static struct rtattr *attribute(unsigned short type, const void *data, size_t size)
{
	struct rtattr *a = append(NULL, RTA_LENGTH(size));

	a->rta_type = type;
	a->rta_len = (unsigned short)RTA_LENGTH(size);
	if (data)
		memcpy(RTA_DATA(a), data, size);
	return a;
}

static struct rtattr *open_nest(unsigned short type)
{
	return attribute(type, NULL, 0);
}

static void close_nest(struct rtattr *nest)
{
	nest->rta_len = (unsigned short)(out + used - (char *)nest);
}

/* Sends everything in `out` at once and reads until each request is answered. Returns the link index of the last link seen. */
static int execute(int fd, const char *what)
{
	unsigned answered = 0;
	int index = 0;

	if (send(fd, out, used, 0) != (ssize_t)used)
		die(what);
	while (answered < count) {
		ssize_t got = recv(fd, in, sizeof in, 0);

		if (got < 0)
			die(what);
		for (struct nlmsghdr *h = (void *)in; NLMSG_OK(h, (size_t)got); h = NLMSG_NEXT(h, got)) {
			answered++;
			if (h->nlmsg_type == RTM_NEWLINK) {
				index = ((struct ifinfomsg *)NLMSG_DATA(h))->ifi_index;
			} else if (h->nlmsg_type == NLMSG_ERROR) {
				errno = -((struct nlmsgerr *)NLMSG_DATA(h))->error;
				if (errno)
					die(what);
			}
		}
	}
	used = count = 0;
	return index;
}

static int open_socket(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0)
		die("netlink socket");
	return fd;
}

static int find_link(int fd, const char *name)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };

	begin(RTM_GETLINK, 0, &link, sizeof link); /* no NLM_F_ACK: the answer is the link itself */
	attribute(IFLA_IFNAME, name, strlen(name) + 1);
	return execute(fd, name);
}

static void create_pair(int fd, int bridge, const char *host, const char *alias, int netns, const char *peer,
			const struct ether_addr *mac)
{
	struct ether_addr host_mac = *mac;
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };
	struct rtattr *info, *data, *other;
	unsigned char hairpin = 1, isolated = 0;

	host_mac.ether_addr_octet[0] ^= 4; /* any other one */

	begin(RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, &link, sizeof link);
	attribute(IFLA_IFNAME, host, strlen(host) + 1);
	attribute(IFLA_ADDRESS, &host_mac, sizeof host_mac);
	attribute(IFLA_MASTER, &bridge, sizeof bridge);
	info = open_nest(IFLA_LINKINFO);
	attribute(IFLA_INFO_KIND, "veth", 4);
	data = open_nest(IFLA_INFO_DATA);
	other = open_nest(VETH_INFO_PEER);
	append(&link, sizeof link);
	attribute(IFLA_IFNAME, peer, strlen(peer) + 1);
	attribute(IFLA_ADDRESS, mac, sizeof *mac);
	attribute(IFLA_NET_NS_FD, &netns, sizeof netns);
	close_nest(other);
	close_nest(data);
	close_nest(info);

	link.ifi_flags = link.ifi_change = IFF_UP;
	begin(RTM_NEWLINK, NLM_F_ACK, &link, sizeof link);
	attribute(IFLA_IFNAME, host, strlen(host) + 1);
	attribute(IFLA_IFALIAS, alias, strlen(alias));
	info = open_nest(IFLA_LINKINFO);
	attribute(IFLA_INFO_SLAVE_KIND, "bridge", 6);
	data = open_nest(IFLA_INFO_SLAVE_DATA);
	attribute(IFLA_BRPORT_MODE, &hairpin, sizeof hairpin);
	attribute(IFLA_BRPORT_ISOLATED, &isolated, sizeof isolated);
	close_nest(data);
	close_nest(info);
	execute(fd, host);
}

static void configure_inside(int fd, const char *name, struct in_addr address, unsigned char prefix, struct in_addr gateway)
{
	int index = find_link(fd, name);
	struct ifaddrmsg own = { .ifa_family = AF_INET, .ifa_prefixlen = prefix, .ifa_index = (unsigned)index };
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC, .ifi_index = index };
	struct ifinfomsg up = { .ifi_family = AF_UNSPEC, .ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP };
	struct rtmsg route = { .rtm_family = AF_INET, .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_BOOT,
			       .rtm_scope = RT_SCOPE_UNIVERSE, .rtm_type = RTN_UNICAST };
	struct in_addr broadcast = { address.s_addr | htonl(~0u >> prefix) };
	unsigned int arp_notify = 1;
	struct rtattr *families, *inet, *settings;

	begin(RTM_NEWLINK, NLM_F_ACK, &link, sizeof link); /* before "up": that is when it counts */
	families = open_nest(IFLA_AF_SPEC);
	inet = open_nest(AF_INET);
	settings = open_nest(IFLA_INET_CONF);
	attribute(IPV4_DEVCONF_ARP_NOTIFY, &arp_notify, sizeof arp_notify);
	close_nest(settings);
	close_nest(inet);
	close_nest(families);
	begin(RTM_NEWADDR, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, &own, sizeof own);
	attribute(IFA_LOCAL, &address, sizeof address);
	attribute(IFA_ADDRESS, &address, sizeof address);
	attribute(IFA_BROADCAST, &broadcast, sizeof broadcast);
	begin(RTM_NEWLINK, NLM_F_ACK, &up, sizeof up);
	begin(RTM_NEWROUTE, NLM_F_ACK | NLM_F_CREATE, &route, sizeof route);
	attribute(RTA_GATEWAY, &gateway, sizeof gateway);
	attribute(RTA_OIF, &index, sizeof index);
	execute(fd, "configure container end");
}

/* A netlink socket stays in the namespace where it was opened: go in, open it, come back. */
static int open_socket_inside(int netns)
{
	int home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	int fd;

	if (home < 0 || setns(netns, CLONE_NEWNET))
		die("enter namespace");
	fd = open_socket();
	if (setns(home, CLONE_NEWNET))
		die("leave namespace");
	close(home);
	return fd;
}

static void add(char **argv)
{
	const char *bridge = argv[0], *host = argv[1], *alias = argv[2], *path = argv[3], *peer = argv[4];
	struct ether_addr *mac = ether_aton(argv[5]);
	char *slash = strchr(argv[6], '/');
	struct in_addr address, gateway;
	int prefix, netns, outside;

	if (slash)
		*slash++ = '\0';
	prefix = slash ? atoi(slash) : 0;
	errno = EINVAL;
	if (!mac || prefix < 1 || prefix > 30 || !inet_aton(argv[6], &address) || !inet_aton(argv[7], &gateway))
		die("arguments");

	netns = open(path, O_RDONLY | O_CLOEXEC);
	if (netns < 0)
		die(path);
	outside = open_socket();
	create_pair(outside, find_link(outside, bridge), host, alias, netns, peer, mac);
	configure_inside(open_socket_inside(netns), peer, address, (unsigned char)prefix, gateway);
	find_link(outside, host);
}

static void del(const char *host)
{
	struct ifinfomsg link = { .ifi_family = AF_UNSPEC };

	begin(RTM_DELLINK, NLM_F_ACK, &link, sizeof link);
	attribute(IFLA_IFNAME, host, strlen(host) + 1);
	execute(open_socket(), host);
}

int main(int argc, char **argv)
{
	if (argc == 10 && !strcmp(argv[1], "add")) {
		add(argv + 2);
	} else if (argc == 3 && !strcmp(argv[1], "del")) {
		del(argv[2]);
	} else {
		fputs("usage: floor add BRIDGE HOSTIF ALIAS NETNS IFNAME MAC ADDRESS/PREFIX GATEWAY | floor del HOSTIF\n", stderr);
		return 2;
	}
	return 0;
}
