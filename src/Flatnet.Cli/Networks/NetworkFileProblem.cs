namespace Flatnet.Cli.Networks;

/// <summary>Why a configuration file, or a part of it, cannot be used.</summary>
/// <param name="File">The file's path; the directory's when that could not be read.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record NetworkFileProblem(string File, string Message);
