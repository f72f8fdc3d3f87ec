using System.Formats.Tar;

namespace Flatnet.Command.Tests.Harness;

/// <summary>A container's root file system as a tar: static busybox under its usual names.</summary>
internal static class RootImage
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    private static readonly string[] Applets = ["sh", "cat", "date", "echo", "head", "hostname", "httpd", "ip", "ls", "mv", "printf", "seq", "sleep", "true", "yes"];

    private static readonly Lazy<byte[]> Built = new(Build);

    public static byte[] Tar => Built.Value;

    private static byte[] Build()
    {
        MemoryStream stream = new();
        using (TarWriter tar = new(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (string directory in (string[])["bin", "etc", "proc", "sys", "dev", "tmp"])
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, directory + "/") { Mode = Executable });
            }

            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "bin/busybox") { Mode = Executable, DataStream = new MemoryStream(File.ReadAllBytes(FindBusybox())) });
            foreach (string applet in Applets)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, $"bin/{applet}") { LinkName = "busybox" });
            }
        }

        return stream.ToArray();
    }

    private static string FindBusybox()
    {
        return File.Exists("/usr/bin/busybox") ? "/usr/bin/busybox" : "/bin/busybox";
    }
}
