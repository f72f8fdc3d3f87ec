using Flatnet.Cli.Doctor.Probes;

namespace Flatnet.Cli.Tests.Doctor;

/// <summary>A Loki that has lines of the selectors that a test names, all of one time.</summary>
internal sealed class FakeLogStore : ILogStore
{
    public Dictionary<string, DateTimeOffset> Lines { get; } = [];

    public Exception? Failure { get; set; }

    public Task<bool> HasLineAsync(string selector, DateTimeOffset since, CancellationToken cancellation) => Failure is null
        ? Task.FromResult(Lines.TryGetValue(selector, out DateTimeOffset time) && time >= since)
        : Task.FromException<bool>(Failure);
}
