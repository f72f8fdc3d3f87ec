using Flatnet.Cli.Doctor;

namespace Flatnet.Cli.Tests.Doctor;

/// <summary>A check that finds what a test says.</summary>
internal sealed class FakeCheck(string category, string name, Func<CancellationToken, Task<CheckResult>> run) : ICheck
{
    public FakeCheck(string category, string name, CheckResult result)
        : this(category, name, _ => Task.FromResult(result))
    {
    }

    public string Category => category;

    public string Name => name;

    public Task<CheckResult> RunAsync(DoctorContext context, CancellationToken cancellation) => run(cancellation);
}
