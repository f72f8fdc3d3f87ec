namespace Flatnet.Podman.Tests.Logs.Streams;

/// <summary>A program that prints what the test wants, in a directory of its own.</summary>
internal sealed class Script : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flatnet-script-");

    public Script(string name, string body)
    {
        Path = System.IO.Path.Combine(_directory.FullName, name);
        File.WriteAllText(Path, $"#!/bin/sh\necho \"$@\" >> \"$0.arguments\"\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Path { get; }

    public string Folder => _directory.FullName;

    public string Arguments => File.ReadAllText(Path + ".arguments");

    public void Dispose()
    {
        _directory.Delete(recursive: true);
    }
}
