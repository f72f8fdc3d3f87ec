namespace Flatnet.Cli.Documentation;

/// <summary>What a command exits with, in one line.</summary>
internal static class ExitCodeText
{
    public static string Of(string commandPath) => commandPath switch
    {
        "flatnet doctor" => "0 all is well, 1 warnings, 2 something fails (or the command line makes no sense)",
        "flatnet status" => "0 the gateway runs, 1 it does not, 2 the command line makes no sense",
        "flatnet logs" => "0 done (also without any line), 1 an error, 2 the command line makes no sense, 130 Ctrl-C while following",
        "flatnet ipam verify" => "0 all is well, 1 something is wrong, 2 the command line makes no sense",
        _ => "0 done, 1 an error, 2 the command line makes no sense",
    };
}
