using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Flatnet.Interop;

namespace Flatnet.Netlink.Tests.Interop;

/// <summary>Has a C compiler compare every structure and constant in Interop/ with the system's headers.</summary>
public sealed class LayoutTests
{
    // Ours by another spelling: C has no type of this name, or needs a feature macro.
    private static readonly Dictionary<string, string> FileHeaders = new()
    {
        ["FileConstants"] = "fcntl.h",
        ["Errno"] = "errno.h",
        ["Statx"] = "sys/stat.h",
        ["Statfs"] = "sys/vfs.h",
        ["Timespec"] = "time.h",
        ["ProcessConstants"] = "sys/mman.h",
        ["Pollfd"] = "poll.h",
    };

    // The last two time stamps of struct statx are structures of their own in C.
    private static readonly Dictionary<string, string> FieldsInC = new()
    {
        ["stx_mtime_sec"] = "stx_mtime.tv_sec",
        ["stx_mtime_nsec"] = "stx_mtime.tv_nsec",
    };

    // No layouts and no constants, or opaque ones.
    private static readonly string[] Excluded = ["SafeFileDescriptor", "Libc", "CHeaderAttribute", "SpawnFileActions", "SpawnAttributes", "SignalSet"];

    [Fact]
    public void StructuresAndConstantsAreThoseOfTheHeaders()
    {
        string program = Generate();
        (int status, string output) = Compile(program);
        Assert.True(status == 0, output);
        // Guards against proving nothing at all.
        Assert.True(program.Split('\n').Count(line => line.StartsWith("_Static_assert", StringComparison.Ordinal)) > 250, program);
    }

    [Fact]
    public void WrongValueIsNoticed()
    {
        (int status, string output) = Compile("#include <linux/netlink.h>\n_Static_assert(NLMSG_DONE == 4, \"NLMSG_DONE\");\n");
        Assert.NotEqual(0, status);
        Assert.Contains("NLMSG_DONE", output, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTypeIsProved()
    {
        foreach (Type type in InteropTypes())
        {
            Assert.True(HeaderOf(type) is not null, type.Name + " names no C header");
        }
    }

    private static IEnumerable<Type> InteropTypes() => typeof(nlmsghdr).Assembly.GetTypes().Where(type =>
        type.Namespace == "Flatnet.Interop" && !type.IsNested && !Excluded.Contains(type.Name) && (type.IsValueType || type is { IsAbstract: true, IsSealed: true }));

    private static string? HeaderOf(Type type) =>
        type.GetCustomAttribute<CHeaderAttribute>()?.Header ?? FileHeaders.GetValueOrDefault(type.Name);

    private static string Generate()
    {
        var headers = new SortedSet<string>(StringComparer.Ordinal);
        var asserts = new StringBuilder();
        foreach (Type type in InteropTypes())
        {
            headers.Add(HeaderOf(type)!);
            if (type.IsValueType)
            {
                AppendStructure(asserts, type);
            }
            else
            {
                AppendConstants(asserts, type);
            }
        }

        var program = new StringBuilder("#define _GNU_SOURCE\n#include <stddef.h>\n#include <sys/types.h>\n#include <sys/socket.h>\n#include <sys/file.h>\n#include <unistd.h>\n");
        foreach (string header in headers)
        {
            program.Append(CultureInfo.InvariantCulture, $"#include <{header}>\n");
        }

        program.Append("#include <errno.h>\n#include <signal.h>\n#include <spawn.h>\n#include <sys/wait.h>\n").Append(asserts);
        // Opaque: what matters is that there is room for them.
        AppendRoom(program, "posix_spawn_file_actions_t", Unsafe.SizeOf<SpawnFileActions>());
        AppendRoom(program, "posix_spawnattr_t", Unsafe.SizeOf<SpawnAttributes>());
        AppendRoom(program, "sigset_t", Unsafe.SizeOf<SignalSet>());
        return program.ToString();
    }

    private static void AppendRoom(StringBuilder asserts, string type, int room) =>
        asserts.Append(CultureInfo.InvariantCulture, $"_Static_assert(sizeof({type}) <= {room}, \"room for {type}\");\n");

    private static void AppendStructure(StringBuilder asserts, Type type)
    {
        string name = "struct " + (FileHeaders.ContainsKey(type.Name) ? type.Name.ToLowerInvariant() : type.Name);
        int size = (int)typeof(Marshal).GetMethod(nameof(Marshal.SizeOf), 1, [])!.MakeGenericMethod(type).Invoke(null, null)!;
        asserts.Append(CultureInfo.InvariantCulture, $"_Static_assert(sizeof({name}) == {size}, \"size of {name}\");\n");
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            string inC = FieldsInC.GetValueOrDefault(field.Name, field.Name);
            int offset = (int)Marshal.OffsetOf(type, field.Name);
            int width = Marshal.SizeOf(field.FieldType);
            asserts.Append(CultureInfo.InvariantCulture, $"_Static_assert(offsetof({name}, {inC}) == {offset}, \"offset of {type.Name}.{inC}\");\n");
            asserts.Append(CultureInfo.InvariantCulture, $"_Static_assert(sizeof((({name} *)0)->{inC}) == {width}, \"width of {type.Name}.{inC}\");\n");
        }
    }

    private static void AppendConstants(StringBuilder asserts, Type type)
    {
        foreach (FieldInfo field in type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
        {
            if (field.IsLiteral)
            {
                string value = Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!;
                asserts.Append(CultureInfo.InvariantCulture, $"_Static_assert((long long)({field.Name}) == {value}LL, \"{field.Name}\");\n");
            }
        }

        if (type.Name == "FileConstants")
        {
            asserts.Append(CultureInfo.InvariantCulture, $"_Static_assert(O_DIRECTORY == {FileConstants.O_DIRECTORY}, \"O_DIRECTORY\");\n");
            asserts.Append(CultureInfo.InvariantCulture, $"_Static_assert(O_NOFOLLOW == {FileConstants.O_NOFOLLOW}, \"O_NOFOLLOW\");\n");
        }
    }

    private static (int Status, string Output) Compile(string program)
    {
        var start = new ProcessStartInfo("gcc", ["-std=gnu11", "-fsyntax-only", "-Wall", "-x", "c", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using Process compiler = Process.Start(start)!;
        compiler.StandardInput.Write(program);
        compiler.StandardInput.Close();
        string output = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        return (compiler.ExitCode, output);
    }
}
