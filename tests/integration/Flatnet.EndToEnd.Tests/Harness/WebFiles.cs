namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>The pages of the busybox web server that every test container and test computer runs.</summary>
internal static class WebFiles
{
    public const string Directory = "/www";

    /// <summary>Answers with the address that the server sees as its client's.</summary>
    public const string ClientPath = "/cgi-bin/client";

    /// <summary>Answers with the server's host name: who is really behind an address.</summary>
    public const string NamePath = "/cgi-bin/name";

    public const string IndexPage = "a page from behind a flat address\n";

    public static IReadOnlyList<(string Path, string Text, bool Executable)> All { get; } =
    [
        ($"{Directory}/index.html", IndexPage, false),
        ($"{Directory}{ClientPath}", Script("echo \"$REMOTE_ADDR\""), true),
        ($"{Directory}{NamePath}", Script("hostname"), true),
    ];

    private static string Script(string body)
    {
        return $"#!/bin/sh\nprintf 'Content-Type: text/plain\\r\\n\\r\\n'\n{body}\n";
    }
}
