namespace Flatnet.Bench;

/// <summary>The benchmark itself could not go on: a tool is missing, a program under test failed. Not a missed bound.</summary>
internal sealed class BenchException(string message) : Exception(message);
