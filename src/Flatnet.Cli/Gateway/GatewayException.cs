namespace Flatnet.Cli.Gateway;

/// <summary>The gateway could not be asked, or gave no usable answer. The message says what was tried and why it failed.</summary>
internal sealed class GatewayException(string message, Exception? inner = null) : Exception(message, inner);
