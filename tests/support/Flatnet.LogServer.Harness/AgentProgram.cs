namespace Flatnet.LogServer.Harness;

/// <summary>Starts the published <c>flatnet-agent</c>.</summary>
public static class AgentProgram
{
    /// <summary>Runs a shell script as a task.</summary>
    /// <param name="program">The executable.</param>
    /// <param name="server">The log server's address, or that of a proxy before it.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="script">The text of a shell script.</param>
    /// <param name="directory">For the script and, below it, the spool; is there already.</param>
    /// <param name="settings">Further variables.</param>
    public static RunningProgram Execute(
        string program, Uri server, string taskId, string script, string directory, params (string Name, string Value)[] settings) =>
        Execute(program, server, taskId, script, directory, "", settings);

    /// <summary>Runs a shell script as a task.</summary>
    /// <param name="program">The executable.</param>
    /// <param name="server">The log server's address, or that of a proxy before it.</param>
    /// <param name="taskId">The task.</param>
    /// <param name="script">The text of a shell script.</param>
    /// <param name="directory">For the script and, below it, the spool; is there already.</param>
    /// <param name="configuration">Further lines of the agent's configuration.</param>
    /// <param name="settings">Further variables.</param>
    public static RunningProgram Execute(
        string program, Uri server, string taskId, string script, string directory, string configuration, params (string Name, string Value)[] settings)
    {
        string file = Path.Combine(directory, taskId + ".sh");
        File.WriteAllText(file, "#!/bin/sh\n" + script);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return RunningProgram.Start(
            program, ["execute", "--config", Configuration(directory, configuration), "--task-id", taskId, "--script", file, "--work-dir", directory], [.. Settings(server, directory), .. settings], directory);
    }

    /// <summary>Delivers what agents left behind in the spool of a directory.</summary>
    public static RunningProgram Flush(string program, Uri server, string directory, params (string Name, string Value)[] settings) =>
        RunningProgram.Start(program, ["spool", "flush", "--config", Configuration(directory)], [.. Settings(server, directory), .. settings], directory);

    // Without the limit on lines a second, and with room for a line's whole part; neither has a variable.
    private static string Configuration(string directory, string more = "")
    {
        string file = Path.Combine(directory, "agent.yaml");
        File.WriteAllText(file, "logStreaming:\n  performance:\n    rateLimitPerSecond: 0\n  filters:\n    maxMessageLength: 65536\n" + more);
        return file;
    }

    private static (string Name, string Value)[] Settings(Uri server, string directory) =>
    [
        ("FLATNET_API_URL", server.ToString()),
        ("FLATNET_WEBSOCKET_URL", new UriBuilder(server) { Scheme = "ws", Path = "/ws/tasks" }.ToString()),
        ("FLATNET_AUTH_TOKEN", LogServerProcess.Token),
        ("FLATNET_SPOOL_DIR", Path.Combine(directory, "spool")),
    ];
}
