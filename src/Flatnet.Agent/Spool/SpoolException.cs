namespace Flatnet.Agent.Spool;

/// <summary>The spool cannot be used: what was tried, on which file, why it failed and what to do.</summary>
internal sealed class SpoolException(string message, Exception? cause = null) : IOException(message, cause);
