using System.Diagnostics;
using Npgsql;

namespace Flatnet.LogServer.Harness;

/// <summary>
/// A PostgreSQL of Debian's packages on a Unix socket and a data directory of its own, with every safety on. It ends with the process that made it,
/// however that ends: the shell in front of it waits for its standard input to close.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("flatnet-postgres-");
    private Process? _server;

    public PostgresServer()
    {
        if (IsRoot)
        {
            // PostgreSQL refuses to run as root.
            Run("chown", "postgres:", _directory.FullName);
        }

        Run([.. AsUser, Path.Combine(Programs, "initdb"), "--no-sync", "--no-locale", "--encoding=UTF8", "--auth=trust", "--username=flatnet", Data]);
        Start();
    }

    private static bool IsRoot => Environment.IsPrivilegedProcess;

    private static string[] AsUser => IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];

    private static string Programs =>
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .Select(static version => Path.Combine(version, "bin")).Where(static path => File.Exists(Path.Combine(path, "initdb"))).Max()
        ?? throw new InvalidOperationException("PostgreSQL is missing: run scripts/install-packages.sh test");

    private string Data => Path.Combine(_directory.FullName, "data");

    /// <summary>A connection string for a schema of the caller's own.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = _directory.FullName,
        Username = "flatnet",
        Database = "postgres",
        MaxPoolSize = 8,
        Timeout = 30,
    }.ToString();

    public void Start()
    {
        var start = new ProcessStartInfo { FileName = "/usr/bin/env", RedirectStandardInput = true, WorkingDirectory = "/" };
        string[] command =
        [
            .. AsUser, "sh", "-c", "\"$@\" >>\"$0\" 2>&1 & cat; kill -INT $!; wait $!", Path.Combine(_directory.FullName, "data", "server.log"),
            Path.Combine(Programs, "postgres"), "-D", Data, "-k", _directory.FullName, "-c", "listen_addresses=", "-c", "fsync=on",
            "-c", "max_connections=60", "-c", "shared_buffers=64MB",
        ];
        Array.ForEach(command, start.ArgumentList.Add);
        _server = Process.Start(start)!;
        long started = Stopwatch.GetTimestamp();
        while (!Answers())
        {
            if (_server.HasExited || Stopwatch.GetElapsedTime(started) > TimeSpan.FromMinutes(1))
            {
                throw new InvalidOperationException("PostgreSQL does not start: " + File.ReadAllText(Path.Combine(Data, "server.log")));
            }

            Thread.Sleep(20);
        }
    }

    /// <summary>Stops it as an administrator would: transactions that are open fail.</summary>
    public void Stop()
    {
        _server!.StandardInput.Close();
        _server.WaitForExit();
        _server.Dispose();
    }

    public void Dispose()
    {
        Stop();
        _directory.Delete(recursive: true);
    }

    private static void Run(params string[] command)
    {
        var start = new ProcessStartInfo { FileName = "/usr/bin/env", RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        Array.ForEach(command, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', command)}: {errors.Result}");
        }
    }

    private bool Answers()
    {
        try
        {
            using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            connection.Open();
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException)
        {
            return false;
        }
    }
}
