namespace Flatnet.LogServer.Harness;

/// <summary>A program did not do what every use of it relies on.</summary>
public sealed class HarnessException(string message) : Exception(message);
