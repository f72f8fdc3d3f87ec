using System.Collections.Immutable;
using System.Net;
using Flatnet.Podman;

namespace Flatnet.Cli.Tests.Ps;

/// <summary>Containers to list.</summary>
internal static class Sample
{
    /// <summary>The time of every listing.</summary>
    public static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Forgejo, nginx and a database that has ended.</summary>
    public static ImmutableArray<Container> Three { get; } =
    [
        Running("abc123def456", "forgejo", "10.87.1.10") with
        {
            Image = "codeberg.org/forgejo/forgejo:1.21", CreatedAt = Now.AddDays(-6), StartedAt = Now.AddDays(-5),
        },
        Running("789ffe012abc", "nginx", "10.87.1.11") with
        {
            Image = "docker.io/library/nginx:alpine", CreatedAt = Now.AddHours(-3), StartedAt = Now.AddHours(-2), Health = "healthy",
        },
        Exited("345aaa678bbb", "postgres") with { Image = "docker.io/library/postgres:16", CreatedAt = Now.AddDays(-1) },
    ];

    /// <summary>A container's full ID from its first digits.</summary>
    public static string Id(string start) => start.PadRight(64, '0');

    public static Container Running(string id, string name, params string[] addresses) => new()
    {
        Id = Id(id),
        Names = [name],
        Image = "docker.io/library/busybox:latest",
        State = "running",
        CreatedAt = Now.AddMinutes(-10),
        StartedAt = Now.AddMinutes(-10),
        ProcessId = 4711,
        Networks = [Network("flatnet", addresses)],
    };

    public static Container Exited(string id, string name) => Running(id, name) with
    {
        State = "exited",
        ExitCode = 137,
        ExitedAt = Now.AddMinutes(-3),
        ProcessId = 0,
    };

    public static ContainerNetwork Network(string name, params string[] addresses) =>
        new(name, [.. addresses.Select(IPAddress.Parse)], "0a:58:0a:57:01:0a");
}
