using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Flatnet.LogServer.Harness;
using Flatnet.LogServer.Tests.Support;

namespace Flatnet.LogServer.Tests.Documentation;

/// <summary>Every example of docs/logs/api.md, one after the other as a reader would, against a new server.</summary>
public sealed partial class ApiExamplesTests
{
    [Fact]
    public async Task Each_command_works_and_answers_in_the_form_that_is_shown()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs/logs/api.md"));
        List<Match> examples = [.. Example().Matches(page).Cast<Match>()];
        Assert.True(examples.Count >= 12, "The page has lost its examples.");
        using var directory = new TemporaryDirectory();
        using LogServerProcess server = await LogServerProcess.StartAsync(Repository.Server, directory.Make("data"));
        foreach (Match example in examples)
        {
            string command = example.Groups["command"].Value;
            (int exitCode, string output, string errors) = await RunAsync(command, server);
            Assert.True(exitCode == 0, $"{command}\nended with {exitCode}: {output}{errors}");
            Assert.False(string.IsNullOrWhiteSpace(output), $"{command}\nsaid nothing.");
            if (example.Groups["answer"].Success)
            {
                using JsonDocument shown = JsonDocument.Parse(example.Groups["answer"].Value);
                using JsonDocument real = JsonDocument.Parse(output);
                Assert.Equal(Form(shown.RootElement), Form(real.RootElement));
            }
        }
    }

    // Names and kinds of all members; what differs from run to run, such as times and numbers, does not count.
    private static string Form(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(", ", element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => member.Name + ": " + Form(member.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", element.EnumerateArray().Select(Form)) + "]",
        JsonValueKind.True or JsonValueKind.False => "flag",
        _ => element.ValueKind.ToString(),
    };

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string command, LogServerProcess server)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-ec");
        start.ArgumentList.Add(command);
        start.Environment["SERVER"] = server.Address.ToString().TrimEnd('/');
        start.Environment["TOKEN"] = LogServerProcess.Token;
        using Process shell = Process.Start(start)!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output, await errors);
    }

    [GeneratedRegex("```sh\n(?<command>.*?)```\n(?:```json\n(?<answer>.*?)```)?", RegexOptions.Singleline)]
    private static partial Regex Example();
}
