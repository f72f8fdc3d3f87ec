using System.Globalization;
using System.Reflection;
using Flatnet.Logs.Wire;
using Flatnet.LogServer.Harness;

namespace Flatnet.LogServer.Tests.Documentation;

/// <summary>docs/logs/api.md names every code that a client may get.</summary>
public sealed class CodesTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/logs/api.md"));

    [Theory]
    [MemberData(nameof(Codes), typeof(ErrorCode))]
    public void Each_error_code_is_named(string code) => Assert.Contains($"`{code}`", Page, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Codes), typeof(CloseCode))]
    public void Each_close_code_is_named(string code) =>
        Assert.Contains(code + " ", Page[Page.IndexOf("Close codes:", StringComparison.Ordinal)..], StringComparison.Ordinal);

    public static TheoryData<string> Codes(Type constants) =>
        [.. constants.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!)];
}
