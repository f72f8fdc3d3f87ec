namespace Flatnet.Agent.Tests.Support;

/// <summary>A directory of one test, gone when it ends.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("flatnet-agent-").FullName;

    public string File(string name, string? content = null)
    {
        string path = System.IO.Path.Join(Path, name);
        if (content is not null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            System.IO.File.WriteAllText(path, content);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
