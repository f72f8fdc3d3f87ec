using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Flatnet.Ipam;

/// <summary>A JSON object read the way Go reads one, because that is what configurations are written for: keys match
/// whatever their case, the last of several wins, null is absent, unknown keys are ignored.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The methods are named after the types of JSON")]
public sealed class ConfigObject
{
    private const int LongestQuote = 80;

    // Far beyond any configuration; without a bound a hostile one would take minutes, since keys are looked for one by one.
    private const int MostKeys = 4096;

    private readonly List<(string Name, JsonValue Value)> _members = [];

    /// <summary>Wraps an object.</summary>
    /// <param name="element">The JSON value.</param>
    /// <param name="path">Where it stands in the configuration, such as <c>ipam.ranges[0]</c>; empty for the whole.</param>
    /// <exception cref="ConfigException">The value is not an object.</exception>
    public ConfigObject(JsonValue element, string path)
    {
        Path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(path, element, "an object");
        }

        if (element.Members.Length > MostKeys)
        {
            throw new ConfigException($"{(path.Length == 0 ? "configuration" : path)}: more than {MostKeys} keys in one object");
        }

        foreach ((string name, JsonValue value) in element.Members)
        {
            Set(name, value);
        }
    }

    /// <summary>Where the object stands in the configuration.</summary>
    public string Path { get; }

    /// <summary>The keys as written, with their values; no key twice, none that is null.</summary>
    public IReadOnlyList<(string Name, JsonValue Value)> Members => _members;

    /// <summary>Whether the key is there and not null.</summary>
    public bool Has(string key) => IndexOf(key) >= 0;

    /// <summary>The value, or null when absent.</summary>
    public JsonValue? Element(string key)
    {
        int index = IndexOf(key);
        return index < 0 ? null : _members[index].Value;
    }

    /// <summary>A string, or null when absent.</summary>
    /// <exception cref="ConfigException">It is not a string.</exception>
    public string? String(string key) => Element(key) is { } value ? StringOf(value, PathOf(key)) : null;

    /// <summary>A boolean.</summary>
    /// <exception cref="ConfigException">It is neither true nor false.</exception>
    public bool Bool(string key, bool fallback = false) => Element(key) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Wrong(PathOf(key), value, "true or false"),
    };

    /// <summary>A whole number that fits 32 bits, or null when absent.</summary>
    /// <exception cref="ConfigException">It is no such number.</exception>
    public int? Int(string key) => Element(key) is { } value ? IntOf(value, PathOf(key)) : null;

    /// <summary>An object, or null when absent.</summary>
    /// <exception cref="ConfigException">It is not an object.</exception>
    public ConfigObject? Object(string key) => Element(key) is { } value ? new ConfigObject(value, PathOf(key)) : null;

    /// <summary>The elements of an array, or null when absent.</summary>
    /// <exception cref="ConfigException">It is not an array.</exception>
    public ImmutableArray<JsonValue>? Array(string key) => Element(key) is { } value ? ArrayOf(value, PathOf(key)) : null;

    /// <summary>An array of strings; empty when absent.</summary>
    /// <exception cref="ConfigException">It is not an array, or an element is not a string.</exception>
    public List<string> Strings(string key)
    {
        var strings = new List<string>();
        foreach (JsonValue element in Array(key) ?? [])
        {
            strings.Add(StringOf(element, Item(PathOf(key), strings.Count)));
        }

        return strings;
    }

    /// <summary>The full path of one of this object's keys.</summary>
    public string PathOf(string key) => Path.Length == 0 ? key : Path + "." + key;

    /// <summary>An exception that says which key has which value and what it should have.</summary>
    public ConfigException Invalid(string key, string expected) =>
        Element(key) is { } value ? Wrong(PathOf(key), value, expected) : new ConfigException($"{PathOf(key)} is missing, expected {expected}");

    internal static string Item(string path, int index) => path + "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    internal static ImmutableArray<JsonValue> ArrayOf(JsonValue value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(path, value, "an array");
        }

        return value.Items;
    }

    internal static string StringOf(JsonValue value, string path)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(path, value, "a string");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            throw new ConfigException($"{path}: expected a string of valid Unicode text");
        }
    }

    internal static int IntOf(JsonValue value, string path)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetInt32(out int number))
            {
                return number;
            }

            // Runtimes re-serialise every number as a float.
            if (value.TryGetDouble(out double real) && real == Math.Floor(real) && Math.Abs(real) <= int.MaxValue)
            {
                return (int)real;
            }
        }

        throw Wrong(path, value, "a whole number");
    }

    internal static ConfigException Wrong(string path, JsonValue value, string expected)
    {
        string text = value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText();
        string shown = text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
        return new ConfigException($"{(path.Length == 0 ? "configuration" : path)}: expected {expected}, got {shown}");
    }

    // Go applies duplicate keys one after the other, and null leaves what was there.
    private void Set(string name, JsonValue value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        int index = IndexOf(name);
        if (index < 0)
        {
            _members.Add((name, value));
        }
        else
        {
            _members[index] = (name, value);
        }
    }

    private int IndexOf(string key)
    {
        for (int i = 0; i < _members.Count; i++)
        {
            if (string.Equals(_members[i].Name, key, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
