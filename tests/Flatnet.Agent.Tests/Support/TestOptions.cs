using Flatnet.Agent.Configuration;

namespace Flatnet.Agent.Tests.Support;

/// <summary>The agent's options, as its own loader makes them.</summary>
internal static class TestOptions
{
    /// <summary>The defaults but for these keys and variables, without the environment of whoever runs the tests.</summary>
    public static AgentOptions With(params (string Key, string Value)[] settings)
    {
        ILookup<bool, (string Key, string Value)> byKind = settings.ToLookup(static setting => char.IsUpper(setting.Key[0]));
        Dictionary<string, string> variables = byKind[true].ToDictionary();
        return AgentConfiguration.Load(Nothing, byKind[false].ToDictionary(), variables.GetValueOrDefault).Options;
    }

    /// <summary>The defaults for a server and a spool.</summary>
    public static AgentOptions For(LogServer server, TestDirectory directory, params (string Key, string Value)[] settings) =>
        With([(AgentKeys.ApiUrl, server.Url.ToString()), (AgentKeys.SpoolDirectory, directory.File("spool")), .. settings]);

    private static string Nothing { get; } = MakeEmpty();

    private static string MakeEmpty()
    {
        string path = Path.Join(AppContext.BaseDirectory, "empty.yaml");
        File.WriteAllText(path, "");
        return path;
    }
}
