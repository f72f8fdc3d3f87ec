using System.Net;
using System.Text;
using Flatnet.Server.Hosting;
using Flatnet.Server.Storage;
using Flatnet.Server.Telemetry;
using Flatnet.Server.Tests.Auth;
using Microsoft.AspNetCore.Builder;

namespace Flatnet.Server.Tests.Hosting;

public sealed class RestartTests
{
    [Fact]
    public async Task Lines_are_there_after_a_restart_in_files_of_their_owner()
    {
        using var directory = new TemporaryDirectory();
        var options = new ServerOptions
        {
            DataDirectory = directory.PathOf("data"),
            Storage = new StorageOptions { Path = directory.PathOf("data/logs.db") },
            Http = new HttpOptions { Listen = [new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0), null)] },
            Logging = new LoggingOptions { Level = Microsoft.Extensions.Logging.LogLevel.None },
        };
        await WithServerAsync(options, async client =>
        {
            using var line = new StringContent("""{"source":"stdout","message":"kept"}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync("/api/v1/tasks/t/logs", line);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        });

        await WithServerAsync(options, async client => Assert.Contains("kept", await client.GetStringAsync("/api/v1/tasks/t/logs")));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(options.DataDirectory));
        Assert.All(Directory.GetFiles(options.DataDirectory), file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)));
    }

    private static async Task WithServerAsync(ServerOptions options, Func<HttpClient, Task> act)
    {
        await using WebApplication server = ServerHost.Build(options);
        await server.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        await act(client);
        await server.StopAsync();
    }
}
