using System.Collections.Immutable;
using System.Globalization;
using Flatnet.Cli.Hosting;
using Flatnet.Logs.Times;

namespace Flatnet.Cli.Configuration;

/// <summary>A value as written, turned into what the setting needs; text from the environment may stand for any of them.</summary>
/// <param name="value">A string, number, boolean or array of strings.</param>
/// <param name="place">Where it was written, for messages. The value itself is not shown: it may be a secret.</param>
internal readonly struct SettingValue(object value, string place)
{
    private const double LongestTimeout = 24 * 60 * 60;

    public string Text() => value as string ?? throw Wrong("a string in quotes");

    /// <summary>A name that can be part of a path.</summary>
    public string Name()
    {
        string name = Text();
        return name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            ? name
            : throw Wrong("a name of letters, digits, _ . and -");
    }

    public ImmutableArray<string> Texts() => value is ImmutableArray<string> texts ? texts : throw Wrong("an array of strings");

    /// <summary>An address without a slash at its end. A user and password in it would never be sent, but be shown in messages.</summary>
    public Uri Url() =>
        !Uri.TryCreate(Text().TrimEnd('/'), UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https")
            ? throw Wrong("an address such as http://localhost:3100")
            : url.UserInfo.Length > 0 ? throw Wrong("an address without user and password") : url;

    public TimeSpan Seconds()
    {
        double seconds = value switch
        {
            long whole => whole,
            double real => real,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) => parsed,
            _ => double.NaN,
        };
        return seconds is > 0 and <= LongestTimeout ? TimeSpan.FromSeconds(seconds) : throw Wrong("a number of seconds, at most a day");
    }

    public TimeSpan Duration()
    {
        try
        {
            return DurationText.Parse(Text());
        }
        catch (FormatException error)
        {
            throw Wrong($"a duration such as 168h ({error.Message})");
        }
    }

    public bool Switch() => value switch
    {
        bool flag => flag,
        "1" or "true" or "on" or "yes" => true,
        "0" or "false" or "off" or "no" => false,
        _ => throw Wrong("true or false"),
    };

    private CommandException Wrong(string expected) => new($"{place}: expected {expected}");
}
