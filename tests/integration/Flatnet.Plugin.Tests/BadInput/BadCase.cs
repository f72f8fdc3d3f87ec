namespace Flatnet.Plugin.Tests.BadInput;

/// <summary>One fault in an otherwise good ADD, and what the plugin must answer.</summary>
/// <param name="Name">Shown in the test's name.</param>
/// <param name="Code">The code of the error object.</param>
/// <param name="Mentions">What the error must name: the key or variable, and its value.</param>
/// <param name="Break">Puts the fault in.</param>
internal sealed record BadCase(string Name, int Code, string[] Mentions, Action<RawCall> Break)
{
    private const int InvalidConfiguration = 7;

    /// <summary>A configuration key with a value it must not have: the error names both.</summary>
    public static BadCase Key(string key, string json, params string[] mentions)
    {
        return new BadCase($"{key}={json}", InvalidConfiguration, mentions.Length > 0 ? mentions : [key, json], call => call.Set(key, json));
    }
}
