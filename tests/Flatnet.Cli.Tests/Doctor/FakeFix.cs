using Flatnet.Cli.Doctor;

namespace Flatnet.Cli.Tests.Doctor;

internal sealed class FakeFix(string description, Func<string> apply) : IFix
{
    public string Description => description;

    public Task<string> ApplyAsync(CancellationToken cancellation) => Task.FromResult(apply());
}
