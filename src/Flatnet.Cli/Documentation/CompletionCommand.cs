using System.CommandLine;
using Flatnet.Cli.Hosting;

namespace Flatnet.Cli.Documentation;

/// <summary><c>flatnet completion SHELL</c>: prints what makes the shell complete this command. The completions themselves come from
/// the definition of the command line, asked for with the directive <c>[suggest]</c>.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # flatnet completion bash > /etc/bash_completion.d/flatnet
        _flatnet() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(flatnet "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -F _flatnet flatnet

        """;

    private const string Zsh = """
        #compdef flatnet
        # flatnet completion zsh > "${fpath[1]}/_flatnet"
        _flatnet() {
            local -a found
            found=("${(@f)$(flatnet "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            compadd -- $found
        }
        compdef _flatnet flatnet

        """;

    private const string Fish = """
        # flatnet completion fish > ~/.config/fish/completions/flatnet.fish
        function __flatnet_complete
            set -l line (commandline --cut-at-cursor)
            flatnet "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete --command flatnet --no-files --arguments '(__flatnet_complete)'

        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print a script that makes a shell complete flatnet's commands.") { shell };
        command.SetAction((context, arguments, _) =>
        {
            context.Out.Write(arguments.GetValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => Fish,
            });
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
