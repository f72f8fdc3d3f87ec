using Flatnet.Cli.Doctor.Probes;

namespace Flatnet.Cli.Tests.Doctor;

/// <summary>Programs that print what a test says; others do not exist.</summary>
internal sealed class FakeProcesses : IProcessRunner
{
    private readonly Dictionary<string, ProcessResult> _results = [];

    public FakeProcesses On(string line, string output, int exitCode = 0, string errors = "")
    {
        _results[line] = new ProcessResult(exitCode, output, errors);
        return this;
    }

    public Task<ProcessResult?> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        Task.FromResult(_results.GetValueOrDefault(string.Join(' ', arguments.Prepend(program))));
}
