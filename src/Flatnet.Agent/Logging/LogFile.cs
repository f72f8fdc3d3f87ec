using System.IO.Compression;
using Flatnet.Agent.Configuration;

namespace Flatnet.Agent.Logging;

/// <summary>A file that is set aside when it has grown: <c>agent.log</c>, then <c>agent.log.1</c>, which is the newest, and so on.</summary>
internal sealed class LogFile : IDisposable
{
    private const string Compressed = ".gz";

    private readonly LoggingOptions _options;
    private readonly TimeProvider _time;
    private FileStream _file;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public LogFile(LoggingOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _file = Open();
    }

    public void Write(ReadOnlySpan<byte> line)
    {
        if (_file.Length > 0 && _file.Length + line.Length > _options.MaxSize)
        {
            Rotate();
        }

        _file.Write(line);
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private FileStream Open()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_options.Path))!);
            return new FileStream(_options.Path, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"The agent's log {_options.Path} cannot be written: {error.Message} Name another file with {AgentKeys.LogFilePath}.", error);
        }
    }

    private void Rotate()
    {
        _file.Dispose();
        File.Delete(Backup(_options.MaxBackups));
        File.Delete(Backup(_options.MaxBackups) + Compressed);
        for (int number = _options.MaxBackups - 1; number >= 1; number--)
        {
            Move(Backup(number), Backup(number + 1));
            Move(Backup(number) + Compressed, Backup(number + 1) + Compressed);
        }

        if (_options.MaxBackups == 0)
        {
            File.Delete(_options.Path);
        }
        else
        {
            SetAside();
        }

        DeleteOld();
        _file = Open();
    }

    private void SetAside()
    {
        if (!_options.Compress)
        {
            File.Move(_options.Path, Backup(1), overwrite: true);
            return;
        }

        using (FileStream from = File.OpenRead(_options.Path))
        using (var to = new GZipStream(File.Create(Backup(1) + Compressed), CompressionLevel.Fastest))
        {
            from.CopyTo(to);
        }

        File.Delete(_options.Path);
    }

    private void DeleteOld()
    {
        DateTime oldest = (_time.GetUtcNow() - _options.MaxAge).UtcDateTime;
        for (int number = 1; number <= _options.MaxBackups; number++)
        {
            foreach (string path in (ReadOnlySpan<string>)[Backup(number), Backup(number) + Compressed])
            {
                if (File.Exists(path) && File.GetLastWriteTimeUtc(path) < oldest)
                {
                    File.Delete(path);
                }
            }
        }
    }

    private string Backup(int number) => $"{_options.Path}.{number}";

    private static void Move(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Move(from, to, overwrite: true);
        }
    }
}
