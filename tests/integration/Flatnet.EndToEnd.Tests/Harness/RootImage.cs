using System.Formats.Tar;
using System.Text;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>A container's root file system as a tar: static busybox under its usual names, and the web pages.</summary>
internal static class RootImage
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Plain = (UnixFileMode)0b110_100_100;

    private static readonly string[] Applets = ["sh", "httpd", "ping", "wget", "nc", "ip", "cat", "hostname", "sleep", "ls", "timeout"];

    private static readonly Lazy<byte[]> Built = new(Build);

    public static byte[] Tar => Built.Value;

    private static byte[] Build()
    {
        MemoryStream stream = new();
        using (TarWriter tar = new(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (string directory in (string[])["bin", "etc", "proc", "sys", "dev", "tmp", "www", "www/cgi-bin"])
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, directory + "/") { Mode = Executable });
            }

            WriteFile(tar, "bin/busybox", File.ReadAllBytes(FindBusybox()), Executable);
            foreach (string applet in Applets)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, $"bin/{applet}") { LinkName = "busybox" });
            }

            foreach ((string path, string text, bool executable) in WebFiles.All)
            {
                WriteFile(tar, path.TrimStart('/'), Encoding.UTF8.GetBytes(text), executable ? Executable : Plain);
            }
        }

        return stream.ToArray();
    }

    private static void WriteFile(TarWriter tar, string path, byte[] content, UnixFileMode mode)
    {
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { Mode = mode, DataStream = new MemoryStream(content) });
    }

    private static string FindBusybox()
    {
        return File.Exists("/usr/bin/busybox") ? "/usr/bin/busybox" : "/bin/busybox";
    }
}
