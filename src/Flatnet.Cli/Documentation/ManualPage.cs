using System.CommandLine;
using System.Text;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Documentation;

/// <summary>One manual page in the language of man(7).</summary>
internal static class ManualPage
{
    public static string Write(Command command)
    {
        string path = CommandPath.Of(command);
        string name = path.Replace(' ', '-');
        var page = new StringBuilder();
        page.Append($".TH {Escape(name.ToUpperInvariant())} 1 \"\" \"Flatnet\" \"Flatnet\"\n");
        page.Append($".SH NAME\n{Escape(name)} \\- {Escape(Lead(command.Description))}\n");
        page.Append($".SH SYNOPSIS\n.B {Escape(path)}\n{Synopsis(command)}\n");
        page.Append($".SH DESCRIPTION\n{Escape(command.Description ?? "")}\n");
        WriteArguments(page, command);
        WriteOptions(page, "OPTIONS", command.Options);
        WriteCommands(page, command);
        WriteOptions(page, "GLOBAL OPTIONS", [GlobalOptions.Config, GlobalOptions.PodmanUrl, GlobalOptions.Color], command is not RootCommand);
        WriteExamples(page, path);
        page.Append($".SH EXIT STATUS\n{Escape(ExitCodeText.Of(path))}\n");
        return page.ToString();
    }

    private static string Synopsis(Command command)
    {
        var words = new List<string> { "[\\fIoptions\\fR]" };
        if (command.Subcommands.Count > 0)
        {
            words.Add("\\fIcommand\\fR");
        }

        words.AddRange(command.Arguments.Select(static argument =>
            argument.Arity.MinimumNumberOfValues == 0 ? $"[\\fI{Escape(argument.Name)}\\fR]" : $"\\fI{Escape(argument.Name)}\\fR"));
        return string.Join(' ', words);
    }

    private static void WriteArguments(StringBuilder page, Command command)
    {
        if (command.Arguments.Count == 0)
        {
            return;
        }

        page.Append(".SH ARGUMENTS\n");
        foreach (Argument argument in command.Arguments)
        {
            page.Append($".TP\n\\fI{Escape(argument.Name)}\\fR\n{Escape(argument.Description ?? "")}\n");
        }
    }

    private static void WriteOptions(StringBuilder page, string title, IEnumerable<Option> options, bool isWanted = true)
    {
        List<Option> shown = [.. options.Where(static option => !option.Hidden)];
        if (!isWanted || shown.Count == 0)
        {
            return;
        }

        page.Append($".SH {title}\n");
        foreach (Option option in shown)
        {
            string names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(static name => name.Length).Select(static name => $"\\fB{Escape(name)}\\fR"));
            string value = option.HelpName is { } help ? $" \\fI{Escape(help)}\\fR" : "";
            page.Append($".TP\n{names}{value}\n{Escape(option.Description ?? "")}\n");
        }
    }

    private static void WriteCommands(StringBuilder page, Command command)
    {
        if (command.Subcommands.Count == 0)
        {
            return;
        }

        page.Append(".SH COMMANDS\n");
        foreach (Command child in command.Subcommands.Where(static child => !child.Hidden))
        {
            page.Append($".TP\n\\fB{Escape(CommandPath.Of(child).Replace(' ', '-'))}\\fR(1)\n{Escape(child.Description ?? "")}\n");
        }
    }

    private static void WriteExamples(StringBuilder page, string path)
    {
        if (CommandExamples.Of(path) is not { Length: > 0 } examples)
        {
            return;
        }

        page.Append(".SH EXAMPLES\n");
        foreach (Example example in examples)
        {
            page.Append($".TP\n\\fB{Escape(example.Line)}\\fR\n{Escape(example.Meaning)}\n");
        }
    }

    private static string Lead(string? description) => (description ?? "").TrimEnd('.');

    // A backslash begins a request of roff, a dot or quote at the start of a line does too, and a plain - may become a hyphen.
    private static string Escape(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.Length > 0 && escaped[0] is '.' or '\'' ? "\\&" + escaped : escaped;
    }
}
