namespace Flatnet.Cli.Hosting;

/// <summary>Whoever read standard output has gone, as <c>head</c> does: the command ends quietly with 0.</summary>
internal sealed class OutputClosedException(Exception inner) : IOException("standard output was closed", inner);
