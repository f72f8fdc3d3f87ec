using System.Text.Json.Nodes;

namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>A named network namespace inside a sandbox: stands for a container, or for another computer.</summary>
internal sealed class Node(Sandbox sandbox, string name)
{
    public string Name => name;

    public string Path => $"/run/netns/{name}";

    public CommandResult Run(params string[] argv)
    {
        return Try(argv).ExpectSuccess();
    }

    public CommandResult Try(params string[] argv)
    {
        return sandbox.Try(Enter(argv));
    }

    public JsonNode Json(params string[] argv)
    {
        return sandbox.Json(Enter(argv));
    }

    public Background Start(params string[] argv)
    {
        return sandbox.Start(Enter(argv));
    }

    private string[] Enter(string[] argv)
    {
        return ["nsenter", $"--net={Path}", "--", .. argv];
    }
}
