namespace Flatnet.EndToEnd.Tests.Harness;

/// <summary>A web server in a node, on port 80 of all its addresses.</summary>
internal sealed class WebServer : IDisposable
{
    private const string Root = "/tmp/web";

    private readonly Background _httpd;

    public WebServer(Sandbox sandbox, Node node)
    {
        foreach ((string path, string text, bool executable) in WebFiles.All)
        {
            sandbox.Write(Root + path, text);
            if (executable)
            {
                sandbox.Run("chmod", "755", Root + path);
            }
        }

        _httpd = node.Start("busybox", "httpd", "-f", "-p", "80", "-h", Root + WebFiles.Directory);
        Eventually.True(() => Traffic.From(node).Fetch("127.0.0.1") is not null, $"the web server in {node.Name} answers");
    }

    public void Dispose()
    {
        _httpd.Dispose();
    }
}
