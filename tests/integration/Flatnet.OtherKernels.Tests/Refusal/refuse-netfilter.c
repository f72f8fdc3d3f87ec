/*
 * Usage: refuse-netfilter EPROTONOSUPPORT|EPERM|EACCES program [argument...]
 * Runs the program on a kernel that refuses netlink sockets of the netfilter family with that error, and no others.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* The lower half of an argument: both architectures are little-endian. */
#define ARGUMENT(n) ((unsigned)offsetof(struct seccomp_data, args[n]))

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: %s EPROTONOSUPPORT|EPERM|EACCES program [argument...]\n", argv[0]);
        return 125;
    }
    int error = strcmp(argv[1], "EPROTONOSUPPORT") == 0 ? EPROTONOSUPPORT
        : strcmp(argv[1], "EPERM") == 0                 ? EPERM
        : strcmp(argv[1], "EACCES") == 0                ? EACCES
                                                        : 0;
    if (error == 0) {
        fprintf(stderr, "%s: unknown error %s\n", argv[0], argv[1]);
        return 125;
    }

    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 0, 7),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 5),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(0)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(2)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NETLINK_NETFILTER, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { .len = sizeof code / sizeof code[0], .filter = code };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
        perror("refuse-netfilter: cannot install the filter");
        return 125;
    }
    execv(argv[2], argv + 2);
    perror(argv[2]);
    return 126;
}
