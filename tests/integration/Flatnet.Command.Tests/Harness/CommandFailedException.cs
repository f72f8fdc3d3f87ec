namespace Flatnet.Command.Tests.Harness;

/// <summary>A command that did not do what the test expected; the message shows all that it printed.</summary>
internal sealed class CommandFailedException(string problem, CommandResult result)
    : Exception($"{problem}\n  command: {result.CommandLine}\n  stdout:  {Indent(result.Output)}\n  stderr:  {Indent(result.Error)}")
{
    private static string Indent(string text)
    {
        return text.TrimEnd().Replace("\n", "\n           ", StringComparison.Ordinal);
    }
}
