using System.CommandLine;

namespace Flatnet.Cli.Hosting;

/// <summary>What a command does.</summary>
/// <param name="context">What it works with.</param>
/// <param name="arguments">Its options and arguments.</param>
/// <param name="cancellation">Ctrl-C or SIGTERM.</param>
/// <returns>The exit code.</returns>
internal delegate Task<int> CommandAction(CommandContext context, ParseResult arguments, CancellationToken cancellation);
