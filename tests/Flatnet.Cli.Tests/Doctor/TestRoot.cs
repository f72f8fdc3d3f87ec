using Flatnet.Cli.Configuration;
using Flatnet.Cli.Hosting;
using Flatnet.Cli.Terminal;

namespace Flatnet.Cli.Tests.Doctor;

/// <summary>A directory that stands for the system's, and a command's context in it. Deleted with the test.</summary>
internal sealed class TestRoot : IDisposable
{
    private readonly Dictionary<string, string> _environment = [];

    public TestRoot() => Context = new CommandContext
    {
        Out = Out,
        Error = Error,
        Terminal = TerminalInfo.None,
        Settings = new Settings(),
        Environment = name => _environment.GetValueOrDefault(name),
        Root = Path,
    };

    public string Path { get; } = Directory.CreateTempSubdirectory("flatnet-doctor-").FullName;

    public StringWriter Out { get; } = new();

    public StringWriter Error { get; } = new();

    public CommandContext Context { get; set; }

    /// <summary>Standard output with the directory's own name cut out.</summary>
    public string Output => Out.ToString().Replace(Path, "", StringComparison.Ordinal);

    public TestRoot Write(string path, string content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path + path)!);
        File.WriteAllText(Path + path, content);
        return this;
    }

    public TestRoot WriteExecutable(string path)
    {
        Write(path, "");
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode(Path + path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return this;
    }

    public TestRoot Set(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
