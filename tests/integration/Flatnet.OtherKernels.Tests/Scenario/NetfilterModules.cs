using Flatnet.OtherKernels.Tests.Machines;

namespace Flatnet.OtherKernels.Tests.Scenario;

/// <summary>Which parts of netfilter the guest's kernel has: it is built with all of them as modules.</summary>
internal sealed class NetfilterModules(ShellSession shell)
{
    // The guest's kernel starts whatever this names, and finds nothing.
    private const string NoLoader = "/bin/no-automatic-modules";

    /// <summary>A kernel with these modules of netfilter (and what they need) and no way to get more.</summary>
    public void HaveOnly(params string[] modules)
    {
        UseLoader(NoLoader);
        UnloadAll();
        foreach (string module in modules)
        {
            shell.Read($"modprobe {module}");
        }
    }

    /// <summary>A distribution's kernel: nothing loaded yet, everything fetched at first use.</summary>
    public void LoadOnDemand()
    {
        HaveOnly();
        UseLoader("/bin/modprobe");
    }

    public string[] Loaded() => shell.Read("lsmod | sed 1d | cut -d' ' -f1 | grep -E '^(nf|nft|xt|x|ip|ip6)_|^iptable|^nfnetlink' || true")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void UseLoader(string path) => shell.Read($"echo {path} >/proc/sys/kernel/modprobe");

    private void UnloadAll()
    {
        // Modules go when their last user is gone, and a removed namespace lets go of its rules only a moment later.
        shell.Read("""
            netfilter() { lsmod | sed 1d | cut -d' ' -f1 | grep -E '^(nf|nft|xt|x|ip|ip6)_|^iptable|^nfnetlink'; }
            round=0
            while [ -n "$(netfilter)" ]; do
                for module in $(netfilter); do rmmod $module 2>/dev/null; done
                round=$((round + 1))
                if [ $round -gt 100 ]; then lsmod >&2; exit 1; fi
                [ $round -lt 5 ] || sleep 0.1
            done
            """);
    }
}
